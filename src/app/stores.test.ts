import { describe, expect, it } from '@jest/globals'
import { type ErrorCode, GatewayError } from '../base/index.ts'
import { createMemoryDisk, createMemoryStore } from '../transfer/index.ts'
import { openUntilRefused } from './stores.ts'

describe('openUntilRefused', () => {
  /** Opens twice; the first time fails with the error. @returns How often the server was asked. */
  async function knock(code: ErrorCode): Promise<number> {
    let knocks = 0
    const open = openUntilRefused(async () => {
      knocks += 1
      if (knocks === 1) throw new GatewayError(code)
      return createMemoryStore(createMemoryDisk([]))
    })
    await expect(open()).rejects.toMatchObject({ code })
    await Promise.allSettled([open()])
    return knocks
  }

  it.each(['TRANSFER_AUTH', 'TRANSFER_HOST_KEY', 'TRANSFER_HOST_KEY_MISSING'] as const)(
    'asks no second time after %s, for each try may lock the account',
    async (code) => expect(await knock(code)).toBe(1),
  )

  it.each(['TRANSFER_CONNECT', 'TRANSFER_TIMEOUT', 'CONFIG_SECRET_MISSING'] as const)(
    'asks again after %s',
    async (code) => expect(await knock(code)).toBe(2),
  )

  it('gives the same refusal again', async () => {
    const open = openUntilRefused(() => Promise.reject(new GatewayError('TRANSFER_AUTH', { user: 'u' })))
    const [first] = await Promise.allSettled([open()])
    const [second] = await Promise.allSettled([open()])
    expect(second).toEqual(first)
  })
})
