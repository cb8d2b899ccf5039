import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHandClock } from '../../test/support/hand-clock.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createIdMaker, GatewayError, silentLog, systemClock } from '../base/index.ts'
import type { Collection } from '../collection/index.ts'
import { type Ledger, openLedger, type RunRecord } from '../ledger/index.ts'
import { type PassOrder, type PassTools, runPass, type Worker } from './flow-worker.ts'

const folder = useTempFolder()
const START = new Date('2026-11-20T03:50:00Z')
const MOVE: PassOrder = { trigger: 'schedule', dueAt: START, move: true, ask: false }

let ledger: Ledger
let stop: AbortController
let tools: PassTools
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'), { clock: systemClock })
  stop = new AbortController()
  const clock = createHandClock(START)
  tools = { ledger, clock, newId: createIdMaker(), log: silentLog, signal: stop.signal }
})
afterEach(() => ledger.close())

/** A flow out of Coupa whose collecting is what the test says. */
function exporting(collect: (signal: AbortSignal) => Promise<Awaited<ReturnType<Collection['collect']>>>): Worker {
  const collection = (signal: AbortSignal): Collection => ({
    flow: { name: 'out' } as Collection['flow'],
    collect: () => collect(signal),
    held: async () => [],
    decide: async () => 'dropped',
    lookAt: async () => ({ path: '/', role: 'folder' }),
  })
  return { kind: 'export', name: 'out', timing: { missedRuns: 'run-once' }, collection }
}
const nothing = async (): Promise<{ files: []; known: number }> => ({ files: [], known: 0 })
const lastRun = (): Promise<RunRecord | undefined> => ledger.lastRun('out')

describe('runPass', () => {
  it('records a pass that moves files as a run, with the instant that it answers', async () => {
    await runPass(tools, exporting(nothing), MOVE)
    expect(await lastRun()).toMatchObject({ trigger: 'schedule', dueAt: START, outcome: 'done', files: 0 })
  })

  it('records nothing of a pass that only looks', async () => {
    await runPass(tools, exporting(nothing), { ...MOVE, move: false })
    expect(await lastRun()).toBeUndefined()
  })

  it('gives back a fault of the surroundings and records it with its reason', async () => {
    const worker = exporting(() => Promise.reject(new GatewayError('TRANSFER_CONNECT', { host: 'h' })))
    expect((await runPass(tools, worker, MOVE)).failure?.code).toBe('TRANSFER_CONNECT')
    expect(await lastRun()).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/TRANSFER_CONNECT/) })
  })

  it('says once what ends looks early, whatever the figures are, and each time what ends a run', async () => {
    const told: string[] = []
    const note = (text: string): void => void told.push(text)
    const own = { ...tools, log: { ...silentLog, error: note, info: note }, said: new Map<string, string>() }
    const full: Pick<Ledger, 'takeLease'> = { takeLease: () => Promise.reject(diskError) }
    let diskError = new GatewayError('DISK_FULL', { path: '/a', freeMegabytes: 9 })
    const pass = async (move: boolean, isFull = true): Promise<number> => {
      await runPass(isFull ? { ...own, ledger: { ...ledger, ...full } } : own, exporting(nothing), { ...MOVE, move })
      return told.length
    }
    expect(await pass(false)).toBe(1)
    diskError = new GatewayError('DISK_FULL', { path: '/a', freeMegabytes: 8 })
    expect(await pass(false)).toBe(1)
    diskError = new GatewayError('DISK_FULL', { path: '/b', freeMegabytes: 8 })
    expect(await pass(false)).toBe(2)
    expect(await pass(true)).toBe(3)
    expect(await pass(false, false)).toBe(4)
    expect(told.at(-1)).toBe('passes get through again')
    expect(await pass(false, false)).toBe(4)
    expect(await pass(false)).toBe(5)
  })

  it.each([
    ['EACCES', 'FILE_UNREADABLE'],
    ['ENOSPC', 'DISK_FULL'],
  ])('takes %s of the system for a fault of the surroundings', async (code, expected) => {
    const error = Object.assign(new Error(code), { code, syscall: 'open', path: '/x' })
    expect(
      (
        await runPass(
          tools,
          exporting(() => Promise.reject(error)),
          MOVE,
        )
      ).failure?.code,
    ).toBe(expected)
  })

  it('throws a fault of the program and gives the flow back', async () => {
    const worker = exporting(() => Promise.reject(new TypeError('a fault')))
    await expect(runPass(tools, worker, MOVE)).rejects.toThrow('a fault')
    expect(await ledger.leaseOwner('flow out')).toBeUndefined()
  })

  it('marks a run that was killed as interrupted when the next one begins', async () => {
    await ledger.write((writer) =>
      writer.insertRun({ id: 'dead', flow: 'out', dueAt: START, trigger: 'schedule', startedAt: START, files: 0 }),
    )
    await runPass(tools, exporting(nothing), MOVE)
    expect(await ledger.openRuns()).toEqual([])
    expect(await ledger.lastRun('out')).toMatchObject({ outcome: 'done' })
  })

  it('says that it was stopped, and records it, so that a restart goes on', async () => {
    const worker = exporting(async (signal) => {
      stop.abort()
      expect(signal.aborted).toBe(true)
      return nothing()
    })
    expect((await runPass(tools, worker, MOVE)).failure).toMatchObject({ code: 'STOPPED', retry: 'safe' })
    expect(await lastRun()).toMatchObject({ outcome: 'interrupted' })
  })

  it('says FLOW_BUSY to a second pass and records no run of it', async () => {
    let second: GatewayError | undefined
    const worker = exporting(async () => {
      second = (await runPass(tools, exporting(nothing), MOVE)).failure
      return nothing()
    })
    expect((await runPass(tools, worker, MOVE)).failure).toBeUndefined()
    expect(second?.code).toBe('FLOW_BUSY')
  })

  it('gives back that the ledger cannot be written', async () => {
    const broken: Ledger = { ...ledger, takeLease: () => Promise.reject(new GatewayError('LEDGER_BUSY')) }
    const outcome = await runPass({ ...tools, ledger: broken }, exporting(nothing), MOVE)
    expect(outcome.failure?.code).toBe('LEDGER_BUSY')
  })
})
