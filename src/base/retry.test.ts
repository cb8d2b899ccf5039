import { describe, expect, it } from '@jest/globals'
import type { Clock } from './clock.ts'
import type { ErrorCode } from './error-table.ts'
import { GatewayError } from './gateway-error.ts'
import { silentLog } from './log.ts'
import { retrySafely, type RetryTools } from './retry.ts'

/** Work that fails with these errors, one call each, and then gives `done`. */
function setUp(failures: readonly (ErrorCode | Error)[], more: Partial<RetryTools> = {}) {
  const waits: number[] = []
  const clock: Clock = {
    now: () => new Date(0),
    sleep: async (ms, signal) => {
      waits.push(ms)
      if (signal?.aborted) throw new Error('stopped')
    },
  }
  const left = [...failures]
  let calls = 0
  const work = async (): Promise<string> => {
    calls += 1
    const failure = left.shift()
    if (failure === undefined) return 'done'
    throw typeof failure === 'string' ? new GatewayError(failure) : failure
  }
  const outcome = retrySafely(work, { clock, log: silentLog, random: () => 1, ...more })
  return { outcome, waits, calls: () => calls }
}

describe('retrying', () => {
  it('calls again after errors that are safe, and waits longer each time', async () => {
    const { outcome, waits, calls } = setUp(['TRANSFER_FAILED', 'TRANSFER_TIMEOUT'])
    expect(await outcome).toBe('done')
    expect([calls(), waits]).toEqual([3, [1000, 2000]])
  })

  it('gives up with the last error after the calls of the policy', async () => {
    const { outcome, calls } = setUp(['TRANSFER_FAILED', 'TRANSFER_FAILED', 'TRANSFER_TIMEOUT', 'TRANSFER_FAILED'])
    await expect(outcome).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT' })
    expect(calls()).toBe(3)
  })

  it.each(['TRANSFER_AUTH', 'TRANSFER_OUTCOME_UNKNOWN', 'TRANSFER_TARGET_EXISTS'] as const)(
    'calls once after %s',
    async (code) => {
      const { outcome, calls, waits } = setUp([code])
      await expect(outcome).rejects.toMatchObject({ code })
      expect([calls(), waits]).toEqual([1, []])
    },
  )

  it('calls once after an error that is none of ours', async () => {
    const fault = new TypeError('a fault of the program')
    const { outcome, calls } = setUp([fault])
    await expect(outcome).rejects.toBe(fault)
    expect(calls()).toBe(1)
  })

  it('draws each wait between half and the whole', async () => {
    const policy = { attempts: 2, firstWaitMs: 400 }
    for (const [drawn, waitMs] of [
      [0, 200],
      [0.5, 300],
      [1, 400],
    ] as const) {
      const { outcome, waits } = setUp(['TRANSFER_FAILED'], { policy, random: () => drawn })
      await outcome
      expect(waits).toEqual([waitMs])
    }
  })

  it('gives the error back when it is stopped while it waits', async () => {
    const { outcome, calls } = setUp(['TRANSFER_FAILED'], { signal: AbortSignal.abort() })
    await expect(outcome).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    expect(calls()).toBe(1)
  })
})
