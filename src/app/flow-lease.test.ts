import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { caught } from '../../test/support/caught.ts'
import { createHandClock, type HandClock } from '../../test/support/hand-clock.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createIdMaker, GatewayError, type Log, silentLog, systemClock } from '../base/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { type LeaseTools, withFlowLease, withFolderLeases } from './flow-lease.ts'
import { machineMark } from './lease-owner.ts'

const folder = useTempFolder()
const START = new Date('2026-11-20T03:50:00Z')

let ledger: Ledger
let clock: HandClock
let said: string[]
let tools: LeaseTools
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'), { clock: systemClock })
  clock = createHandClock(START)
  said = []
  const log: Log = { ...silentLog, warn: (text) => void said.push(text), error: (text) => void said.push(text) }
  tools = { ledger, clock, newId: createIdMaker(), log }
})
afterEach(async () => {
  jest.useRealTimers()
  await ledger.close()
})

/** Takes the lease as another process of this or another machine would have left it. */
async function leaveLease(mark: string, pid: number): Promise<void> {
  await ledger.takeLease('flow users', `${mark} ${pid} other`, START, new Date(START.getTime() + 120_000))
}

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0'])
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('withFlowLease', () => {
  it('does the work, gives back its result and the lease', async () => {
    expect(await withFlowLease(tools, 'users', async () => ledger.leaseOwner('flow users'))).toMatch(
      new RegExp(`^\\S+ ${process.pid} \\S+$`),
    )
    expect(await ledger.leaseOwner('flow users')).toBeUndefined()
  })

  it('gives the lease back when the work fails', async () => {
    await expect(withFlowLease(tools, 'users', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await ledger.leaseOwner('flow users')).toBeUndefined()
  })

  it('refuses a flow that another call works on, and no other flow', async () => {
    await withFlowLease(tools, 'users', async () => {
      expect((await caught(() => withFlowLease(tools, 'users', async () => 1))).code).toBe('FLOW_BUSY')
      expect(await withFlowLease(tools, 'items', async () => 1)).toBe(1)
    })
  })

  it('takes over at once from a process of this machine that was killed', async () => {
    await leaveLease(machineMark(), await pidOfTheDead())
    expect(await withFlowLease(tools, 'users', async () => 'mine')).toBe('mine')
    expect(said).toEqual(['the process that held the flow is gone'])
  })

  it.each([
    ['a process that still runs', machineMark(), process.ppid],
    ['a process of another machine that has the number of a dead one here', 'elsewhere/pid:[1]', undefined],
    ['an owner that says no number', machineMark(), Number.NaN],
  ])('waits for %s until its lease has run out', async (_title, mark, pid) => {
    await leaveLease(mark, pid ?? (await pidOfTheDead()))
    expect((await caught(() => withFlowLease(tools, 'users', async () => 1))).code).toBe('FLOW_BUSY')
    clock.advance(120_000)
    expect(await withFlowLease(tools, 'users', async () => 1)).toBe(1)
  })

  it('takes over at once where the number of the dead belongs to another process now', async () => {
    // Our parent runs; whatever started a tick before it had its number and is gone.
    await ledger.takeLease('flow users', `${machineMark()} ${process.ppid} other@1`, START, new Date('2031-01-01'))
    expect(await withFlowLease(tools, 'users', async () => 'mine')).toBe('mine')
  })

  it('stops when the lease cannot be renewed after the clock was put back', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] })
    let isBroken = false
    const broken: Ledger = {
      ...ledger,
      takeLease: (...wish) => (isBroken ? Promise.reject(new GatewayError('LEDGER_BUSY')) : ledger.takeLease(...wish)),
    }
    await withFlowLease({ ...tools, ledger: broken }, 'users', async (lost) => {
      isBroken = true
      clock.set(new Date(START.getTime() - 1000))
      const told = once(lost, 'abort')
      jest.advanceTimersByTime(30_000)
      await told
      expect(lost.reason).toMatchObject({ code: 'LEDGER_BUSY' })
    })
  })

  it('prolongs the lease while it works', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] })
    await withFlowLease(tools, 'users', async () => {
      for (let minutes = 0; minutes < 5; minutes += 1) {
        clock.advance(60_000)
        jest.advanceTimersByTime(60_000)
        // The ledger works one writer after the other: this one comes behind the renewal.
        await ledger.write(async () => undefined)
        expect(await ledger.takeLease('flow users', 'other', clock.now(), clock.now())).toBe(false)
      }
    })
  })

  it('tells the work to stop when another has taken over meanwhile', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] })
    await withFlowLease(tools, 'users', async (lost) => {
      // As after a machine that stood still: the lease ran out before it was prolonged.
      clock.advance(180_000)
      await ledger.takeLease('flow users', 'other', clock.now(), new Date(clock.now().getTime() + 120_000))
      const told = once(lost, 'abort')
      jest.advanceTimersByTime(30_000)
      await told
      expect(lost.reason).toMatchObject({ code: 'FLOW_BUSY' })
    })
    expect(await ledger.leaseOwner('flow users')).toBe('other')
  })
})

describe('withFolderLeases', () => {
  it('refuses a folder that another call places into, whatever else it wants, and keeps nothing', async () => {
    await withFolderLeases(tools, ['/b'], async () => {
      const { code, details } = await caught(() => withFolderLeases(tools, ['/a', '/b', '/c'], async () => 1))
      expect({ code, ...details }).toEqual({ code: 'FLOW_BUSY', folder: '/b' })
      for (const folder of ['/a', '/c']) expect(await ledger.leaseOwner(`folder ${folder}`)).toBeUndefined()
      expect(await withFolderLeases(tools, ['/a', '/c'], async () => 'others')).toBe('others')
    })
    expect(await withFolderLeases(tools, ['/b', '/b'], async () => 'free')).toBe('free')
  })

  it('takes them in one order, whatever order they are named in', async () => {
    const asked: string[] = []
    const spy: Ledger = {
      ...ledger,
      takeLease: (name, ...rest) => {
        asked.push(name)
        return ledger.takeLease(name, ...rest)
      },
    }
    await withFolderLeases({ ...tools, ledger: spy }, ['/b', '/a', '/b'], async () => undefined)
    expect(asked).toEqual(['folder /a', 'folder /b'])
  })

  it('works without a folder, and takes none over from a process that runs', async () => {
    expect(await withFolderLeases(tools, [], async () => 'nothing to place')).toBe('nothing to place')
    await ledger.takeLease('folder /a', `${machineMark()} ${process.ppid} other`, START, new Date(START.getTime() + 1))
    expect((await caught(() => withFolderLeases(tools, ['/a'], async () => 1))).code).toBe('FLOW_BUSY')
    await ledger.takeLease('folder /b', `${machineMark()} ${await pidOfTheDead()} x`, START, new Date('2027-01-01'))
    expect(await withFolderLeases(tools, ['/b'], async () => 'of the dead')).toBe('of the dead')
  })
})

describe('a lease that cannot be given back', () => {
  it('costs nothing that was done: it runs out by itself', async () => {
    const full: Ledger = { ...ledger, releaseLease: () => Promise.reject(new GatewayError('DISK_FULL')) }
    expect(await withFlowLease({ ...tools, ledger: full }, 'users', async () => 'done')).toBe('done')
    expect(said).toEqual(['the lease could not be given back and runs out by itself'])
    expect((await caught(() => withFlowLease(tools, 'users', async () => 1))).code).toBe('FLOW_BUSY')
    clock.advance(120_000)
    expect(await withFlowLease(tools, 'users', async () => 'again')).toBe('again')
  })

  it('does not hold up the process that left it', async () => {
    const own = { ...tools, unreturned: new Set<string>() }
    const full: Ledger = { ...ledger, releaseLease: () => Promise.reject(new GatewayError('DISK_FULL')) }
    await withFlowLease({ ...own, ledger: full }, 'users', async () => 'done')
    expect((await caught(() => withFlowLease(tools, 'users', async () => 'another process'))).code).toBe('FLOW_BUSY')
    expect(await withFlowLease(own, 'users', async () => 'again')).toBe('again')
    expect(own.unreturned.size).toBe(0)
  })
})
