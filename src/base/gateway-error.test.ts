import { describe, expect, it } from '@jest/globals'
import { GatewayError } from './gateway-error.ts'

describe('an error', () => {
  it('says its code, what happened and the facts, and keeps its cause', () => {
    const cause = new Error('ENOSPC')
    const error = new GatewayError('DISK_FULL', { path: '/state', freeBytes: 0 }, { cause })
    expect(error.message).toBe('DISK_FULL: there is no space left on the disk (path=/state freeBytes=0)')
    expect(error).toMatchObject({ name: 'GatewayError', code: 'DISK_FULL', cause })
    expect(error.details).toEqual({ path: '/state', freeBytes: 0 })
  })

  it('needs no facts', () => {
    expect(new GatewayError('USAGE').message).toBe('USAGE: the command was called wrongly')
  })

  it.each([
    ['DISK_FULL', 'safe'],
    ['TRANSFER_AUTH', 'never'],
    ['TRANSFER_OUTCOME_UNKNOWN', 'check-first'],
  ] as const)('%s may be retried: %s', (code, retry) => expect(new GatewayError(code).retry).toBe(retry))
})
