import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { type Clock, sleepUnlessStopped, systemClock } from './clock.ts'

const DAY_MS = 24 * 60 * 60 * 1000

describe('the clock on the wall', () => {
  afterEach(() => void jest.useRealTimers())

  it('tells this instant', () => {
    const before = Date.now()
    const now = systemClock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  it('sleeps for months, which is longer than a timer can be', async () => {
    jest.useFakeTimers()
    let isAwake = false
    const sleeping = systemClock.sleep(60 * DAY_MS).then(() => (isAwake = true))
    await jest.advanceTimersByTimeAsync(60 * DAY_MS - 1)
    expect(isAwake).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    await sleeping
  })

  it('wakes whoever sleeps, with and without a signal', async () => {
    const stop = new AbortController()
    await systemClock.sleep(0)
    await systemClock.sleep(0, stop.signal)
    stop.abort()
  })

  it('wakes with the reason when the signal is aborted, before or meanwhile', async () => {
    const reason = new Error('told to stop')
    await expect(systemClock.sleep(DAY_MS, AbortSignal.abort(reason))).rejects.toBe(reason)
    const stop = new AbortController()
    const sleeping = systemClock.sleep(DAY_MS, stop.signal)
    stop.abort(reason)
    await expect(sleeping).rejects.toBe(reason)
  })

  it('makes an error of a reason that is none', async () => {
    await expect(systemClock.sleep(DAY_MS, AbortSignal.abort('enough'))).rejects.toThrow('enough')
  })
})

describe('a sleep that may be stopped', () => {
  it('ends without an error when it is stopped', async () => {
    const stop = new AbortController()
    const sleeping = sleepUnlessStopped(systemClock, DAY_MS, stop.signal)
    stop.abort()
    await sleeping
    await sleepUnlessStopped(systemClock, 0, undefined)
  })

  it('passes on what goes wrong with the clock itself', async () => {
    const broken: Clock = { now: () => new Date(0), sleep: () => Promise.reject(new Error('no clock')) }
    await expect(sleepUnlessStopped(broken, 1, undefined)).rejects.toThrow('no clock')
    await expect(sleepUnlessStopped(broken, 1, new AbortController().signal)).rejects.toThrow('no clock')
  })
})
