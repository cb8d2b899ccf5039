import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type Log, silentLog } from '../base/index.ts'
import { parseSchedule } from './parse-schedule.ts'
import { createWaker, type Waker } from './waker.ts'

const START = Date.parse('2026-11-20T03:50:00Z')

let waker: Waker | undefined
let wakes: string[]
let printed: jest.Spied<typeof console.warn>

const onWake = (): Promise<void> => Promise.resolve(void wakes.push(new Date().toISOString().slice(11, 19)))

beforeEach(() => {
  wakes = []
  jest.useFakeTimers({ now: START })
  printed = jest.spyOn(console, 'warn')
})

afterEach(async () => {
  await waker?.stop()
  jest.useRealTimers()
  printed.mockRestore()
})

describe('createWaker', () => {
  it('wakes at once and every 30 seconds, with no schedule at all', async () => {
    waker = createWaker({ onWake, schedules: [], log: silentLog })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(wakes).toEqual(['03:50:00', '03:50:30', '03:51:00'])
  })

  it('wakes when a schedule is due, not only with the heartbeat', async () => {
    jest.setSystemTime(START + 10_000)
    waker = createWaker({ onWake, schedules: [parseSchedule('0 4 * * *', 'UTC')], log: silentLog })
    await jest.advanceTimersByTimeAsync(11 * 60_000)
    expect(wakes).toContain('04:00:00')
    expect(wakes.filter((at) => !/:[14]0$/.test(at))).toEqual(['04:00:00'])
  })

  it('goes on over days, each schedule in its own zone', async () => {
    const schedules = [parseSchedule('5 4 * * *', 'Europe/Berlin'), parseSchedule('7 4 * * *', 'Asia/Kolkata')]
    jest.setSystemTime(START + 10_000)
    waker = createWaker({ onWake, schedules, log: silentLog })
    await jest.advanceTimersByTimeAsync(48 * 3_600_000)
    expect(wakes.filter((at) => at.endsWith(':00'))).toEqual(['22:37:00', '03:05:00', '22:37:00', '03:05:00'])
  })

  it('never calls while a call is at work, and makes up for it once', async () => {
    const ends: (() => void)[] = []
    const slow = (): Promise<void> => new Promise((resolve) => void ends.push(resolve))
    waker = createWaker({ onWake: slow, schedules: [], log: silentLog })
    await jest.advanceTimersByTimeAsync(100_000)
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await jest.advanceTimersByTimeAsync(0)
    expect(ends).toHaveLength(2)
    ends[1]?.()
    await jest.advanceTimersByTimeAsync(0)
    expect(ends).toHaveLength(2)
  })

  it('logs what a call throws and goes on', async () => {
    const lines: string[] = []
    const log: Log = {
      ...silentLog,
      error: (message, facts) => void lines.push(`${message} ${String(facts?.['error'])}`),
    }
    waker = createWaker({ onWake: () => Promise.reject(new Error('no link')), schedules: [], log })
    await jest.advanceTimersByTimeAsync(30_000)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('no link')
  })

  it('wakes once after the event loop was blocked over several runs, and prints nothing', async () => {
    waker = createWaker({ onWake, schedules: [parseSchedule('* * * * *', 'UTC')], log: silentLog })
    await jest.advanceTimersByTimeAsync(0)
    jest.setSystemTime(START + 10 * 60_000 + 1)
    await jest.advanceTimersByTimeAsync(30_000)
    expect(wakes.slice(0, 2)).toEqual(['03:50:00', '04:00:30'])
    expect(printed).not.toHaveBeenCalled()
  })

  it('waits a moment when the clock is read right before a run', async () => {
    const clock = { now: (): Date => new Date(START - 1) }
    waker = createWaker({ onWake, schedules: [parseSchedule('50 3 * * *', 'UTC')], log: silentLog, clock })
    await jest.advanceTimersByTimeAsync(1)
    expect(wakes.length).toBeGreaterThan(1)
  })

  it('calls no more once it was stopped, and lets the call at hand end first', async () => {
    let isOver = false
    let end = (): void => undefined
    const slow = async (): Promise<void> => {
      await new Promise<void>((resolve) => void (end = resolve))
      isOver = true
    }
    waker = createWaker({ onWake: slow, schedules: [parseSchedule('* * * * *', 'UTC')], log: silentLog })
    await jest.advanceTimersByTimeAsync(60_000)
    const stopping = waker.stop()
    end()
    await stopping
    expect(isOver).toBe(true)
    expect(jest.getTimerCount()).toBe(0)
  })
})
