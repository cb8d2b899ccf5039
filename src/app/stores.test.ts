import { describe, expect, it } from '@jest/globals'
import { type ErrorCode, type ErrorDetails, GatewayError } from '../base/index.ts'
import { createMemoryDisk, createMemoryStore } from '../transfer/index.ts'
import { openUntilRefused } from './stores.ts'

describe('openUntilRefused', () => {
  /** Opens twice; the first time fails with the error. @returns How often the server was asked. */
  async function knock(code: ErrorCode, details: ErrorDetails = {}): Promise<number> {
    let knocks = 0
    const open = openUntilRefused(async () => {
      knocks += 1
      if (knocks === 1) throw new GatewayError(code, details)
      return createMemoryStore(createMemoryDisk([]))
    })
    await expect(open()).rejects.toMatchObject({ code })
    await Promise.allSettled([open()])
    return knocks
  }

  it.each(['TRANSFER_HOST_KEY', 'TRANSFER_HOST_KEY_MISSING', 'SERVER_CHANGED'] as const)(
    'asks no second time after %s',
    async (code) => expect(await knock(code)).toBe(1),
  )

  it('asks no second time after a refused login that the ledger could not keep', async () =>
    expect(await knock('TRANSFER_AUTH', { unrecorded: 'DISK_FULL' })).toBe(1))

  it.each(['TRANSFER_AUTH', 'LOGIN_BARRED'] as const)(
    'leaves it to the ledger to say when the login may be tried again after %s',
    async (code) => expect(await knock(code)).toBe(2),
  )

  it.each(['TRANSFER_CONNECT', 'TRANSFER_TIMEOUT', 'CONFIG_SECRET_MISSING'] as const)(
    'asks again after %s',
    async (code) => expect(await knock(code)).toBe(2),
  )

  it('gives the same refusal again', async () => {
    const open = openUntilRefused(() => Promise.reject(new GatewayError('TRANSFER_HOST_KEY', { user: 'u' })))
    const [first] = await Promise.allSettled([open()])
    const [second] = await Promise.allSettled([open()])
    expect(second).toEqual(first)
  })
})
