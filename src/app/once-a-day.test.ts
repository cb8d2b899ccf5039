import { beforeEach, describe, expect, it } from '@jest/globals'
import { createHandClock, type HandClock } from '../../test/support/hand-clock.ts'
import { GatewayError, type Log, silentLog } from '../base/index.ts'
import { onceADay } from './once-a-day.ts'

const HOUR_MS = 60 * 60_000
let clock: HandClock
let done: number
let said: string[]
let fault: Error | undefined
let work: () => Promise<void>
beforeEach(() => {
  clock = createHandClock(new Date('2026-11-20T04:00:00Z'))
  done = 0
  said = []
  fault = undefined
  const log: Log = { ...silentLog, warn: (text) => void said.push(text) }
  work = onceADay({ clock, log }, 'cleaning', async () => {
    if (fault !== undefined) throw fault
    done += 1
  })
})

/** Calls after each of so many hours. */
async function pass(hours: number): Promise<number> {
  for (let hour = 0; hour < hours; hour += 1) {
    clock.advance(HOUR_MS)
    await work()
  }
  return done
}

describe('onceADay', () => {
  it('does the work at the first call and then once a day', async () => {
    await work()
    await work()
    expect(done).toBe(1)
    expect(await pass(23)).toBe(1)
    expect(await pass(25)).toBe(3)
  })

  it('tries again after an hour what a fault of the surroundings ended, and says so', async () => {
    fault = new GatewayError('FLOW_BUSY')
    await work()
    await work()
    expect(said).toEqual(['cleaning is tried again in an hour'])
    fault = undefined
    expect(await pass(1)).toBe(1)
    expect(await pass(23)).toBe(1)
  })

  it('does not wait for a day that a wrong clock had shown', async () => {
    clock.set(new Date('2030-01-01T00:00:00Z'))
    await work()
    clock.set(new Date('2026-11-20T05:00:00Z'))
    await work()
    expect(done).toBe(2)
  })

  it('hides no fault of the program', async () => {
    fault = new TypeError('broken')
    await expect(work()).rejects.toThrow('broken')
  })
})
