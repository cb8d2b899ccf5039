import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useAlarmWatch } from '../../test/support/alarm-watch.ts'
import { openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { failingContents } from '../../test/support/failing-contents.ts'
import { createFaultPlan } from '../../test/support/fault-plan.ts'
import { runRecord } from '../../test/support/ledger-records.ts'
import { USERS } from '../../test/support/sandbox-gateway.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { createAlarmDesk } from './alarm-desk.ts'
import { runPass, type Worker } from './flow-worker.ts'

const watch = useAlarmWatch()
const FLOWS = '  users: { object: users }\n'
const drop = (): string => watch.folder.write('inbound/users/hr.csv', USERS)
const server = (): string => `sftp://coupa@127.0.0.1:${watch.coupa.sandbox.port}`
const newest = async (): Promise<unknown> => (await watch.all())[0]

describe('login-refused', () => {
  it('is raised at once, names the way on, and is over when a login succeeds', async () => {
    watch.configure(FLOWS)
    drop()
    watch.coupa.sandbox.faults.refuseLogin = true
    expect(await watch.runAfter(0)).toEqual([`login-refused ${server()}`])
    expect(await newest()).toMatchObject({ next: expect.stringContaining('try them with `flatgate doctor`') })
    // The file waits, and why it does is said.
    expect(await watch.runAfter(60)).toEqual([`login-refused ${server()}`])
    watch.coupa.sandbox.faults.refuseLogin = false
    watch.folder.write('secret', 'another one', 0o600)
    expect(await watch.runAfter(1)).toEqual([`login-refused ${server()}`])
    watch.folder.write('secret', watch.coupa.sandbox.password ?? '', 0o600)
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ ending: 'the server answers, and took the login' })
  })

  it('is over when a person acknowledges it, and a login that is refused then is another alarm', async () => {
    watch.configure(FLOWS)
    drop()
    watch.coupa.sandbox.faults.refuseLogin = true
    await watch.runAfter(0)
    const [{ id } = { id: '' }] = await watch.all()
    await watch.withGateway((gateway) => gateway.acknowledge(id, { by: 'ann' }))
    expect(await newest()).toMatchObject({ id, ending: 'acknowledged by ann' })
    expect(await watch.runAfter(1)).toEqual([`login-refused ${server()}`])
    expect(await newest()).not.toMatchObject({ id })
  })

  it('tells nothing of the password', async () => {
    watch.configure(FLOWS)
    drop()
    watch.coupa.sandbox.faults.refuseLogin = true
    await watch.runAfter(0)
    expect(JSON.stringify(await watch.all())).not.toContain(watch.coupa.sandbox.password ?? 'none')
  })
})

describe('host-key-changed', () => {
  it('is raised at once with both fingerprints, and is over when the key is the pinned one', async () => {
    watch.configure(FLOWS)
    drop()
    const path = watch.folder.at('flatgate.yaml')
    const other = `SHA256:${'A'.repeat(43)}`
    watch.folder.write('flatgate.yaml', readFileSync(path, 'utf8').replace(watch.coupa.sandbox.fingerprint, other))
    expect(await watch.runAfter(0)).toEqual([`host-key-changed ${server()}`])
    const { what } = (await watch.all())[0] ?? { what: '' }
    expect(what).toContain(other)
    expect(what).toContain(watch.coupa.sandbox.fingerprint)
    watch.configure(FLOWS)
    expect(await watch.runAfter(1)).toEqual([])
  })
})

describe('server-unreachable', () => {
  it('is raised once calls have failed for a while, restarts between, and is over when one gets through', async () => {
    watch.configure(FLOWS)
    drop()
    await watch.coupa.sandbox.close()
    expect(await watch.runAfter(0)).toEqual([])
    expect(await watch.runAfter(5)).toEqual([])
    expect(await watch.all()).toMatchObject([{ kind: 'server-unreachable', count: 2 }])
    expect(await watch.runAfter(6)).toEqual([`server-unreachable ${server()}`])
    await watch.coupa.restart()
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ ending: 'the server answers, and took the login' })
  })

  it('leaves nothing behind when the failure was short', async () => {
    watch.configure(FLOWS)
    drop()
    await watch.coupa.sandbox.close()
    await watch.runAfter(0)
    await watch.coupa.restart()
    expect(await watch.runAfter(1)).toEqual([])
    expect(await watch.all()).toEqual([])
  })
})

describe('run-failed', () => {
  it('is raised at once when only a person can help, and is over when a run gets through', async () => {
    watch.configure(FLOWS)
    drop()
    rmSync(watch.folder.at('coupa/sftp/Incoming/Users'), { recursive: true })
    expect(await watch.runAfter(0)).toEqual(['run-failed users'])
    expect(await newest()).toMatchObject({ what: expect.stringContaining('/Incoming/Users') })
    mkdirSync(watch.folder.at('coupa/sftp/Incoming/Users'))
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ ending: 'a run got through' })
  })

  it('is raised when three runs in a row were interrupted', async () => {
    watch.configure(FLOWS)
    const interrupt = (id: string): Promise<void> =>
      watch.withGateway(({ ledger }) =>
        ledger.write((writer) => writer.insertRun(runRecord(id, { outcome: 'interrupted' }))),
      )
    const look = async (): Promise<number> => {
      await watch.withGateway((gateway) => gateway.ask())
      return (await watch.all()).length
    }
    await interrupt('a')
    await interrupt('b')
    expect(await look()).toBe(0)
    await interrupt('c')
    expect(await look()).toBe(1)
    expect(await newest()).toMatchObject({ kind: 'run-failed', next: expect.stringContaining('log of the service') })
    expect(await watch.runAfter(1)).toEqual([])
  })
})

describe('disk-full', () => {
  it('is raised when a content cannot be stored, and is over when it can', async () => {
    const bench = await openDeliveryBench()
    const contents = failingContents(bench.contents, createFaultPlan(1, 'refused', false))
    const delivery = bench.restart({ contents })
    const worker: Worker = {
      kind: 'import',
      name: 'users',
      timing: { missedRuns: 'run-once' },
      delivery: () => delivery,
    }
    const { ledger, clock } = bench
    const { newId, log } = bench.tools
    const signal = new AbortController().signal
    const flows = [{ name: 'users', direction: 'import', stuckAfterMinutes: 30 }] as const
    const desk = createAlarmDesk({ ledger, clock, newId, flows, server: 'none', failingAfterMinutes: 10 })
    const look = async (): Promise<readonly string[]> => {
      clock.advance(10_000)
      const order = { trigger: 'arrival', dueAt: clock.now(), move: false, ask: false } as const
      desk.note(worker, order, await runPass({ ledger, clock, newId, log, signal }, worker, order))
      const { raised, ended } = await desk.judge()
      return [...raised.map(({ kind }) => `raised ${kind}`), ...ended.map(({ ending = '' }) => ending)]
    }
    bench.drop('hr.csv', usersCsv(1))
    expect(await look()).toEqual([])
    expect(await look()).toEqual(['raised disk-full'])
    expect(await look()).toEqual(['there is space again'])
    expect(await bench.files()).toMatchObject([{ name: 'hr.csv', state: 'prepared' }])
    await bench.close()
  })
})
