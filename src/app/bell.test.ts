import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { Clock } from '../base/index.ts'
import { createBell } from './bell.ts'

/** A clock on which time passes only when the test says so. */
function heldClock(): Clock & { readonly sleepers: (() => void)[] } {
  const sleepers: (() => void)[] = []
  return {
    sleepers,
    now: () => new Date(0),
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) reject(new Error('stopped'))
        sleepers.push(resolve)
        signal?.addEventListener('abort', () => reject(new Error('stopped')))
      }),
  }
}

describe('createBell', () => {
  it('ends a waiting when it rings', async () => {
    const bell = createBell(heldClock(), new AbortController().signal)
    const waiting = bell.wait(1000)
    bell.ring()
    await expect(waiting).resolves.toBeUndefined()
  })

  it('ends the next waiting at once when nobody waited, also after a waiting that the time ended', async () => {
    const clock = heldClock()
    const bell = createBell(clock, new AbortController().signal)
    const first = bell.wait(1000)
    clock.sleepers[0]?.()
    await first
    bell.ring()
    await expect(bell.wait(1000)).resolves.toBeUndefined()
  })

  it('rings once only', async () => {
    const bell = createBell(heldClock(), new AbortController().signal)
    bell.ring()
    bell.ring()
    await bell.wait(1000)
    let isOver = false
    void bell.wait(1000).then(() => (isOver = true))
    await setImmediate()
    expect(isOver).toBe(false)
  })

  it('ends every waiting once the signal is aborted', async () => {
    const stop = new AbortController()
    const bell = createBell(heldClock(), stop.signal)
    const waiting = bell.wait(1000)
    stop.abort()
    await waiting
    await expect(bell.wait(1000)).resolves.toBeUndefined()
  })
})
