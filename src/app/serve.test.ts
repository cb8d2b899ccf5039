import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createHandClock, type HandClock } from '../../test/support/hand-clock.ts'
import { alarmRecord } from '../../test/support/ledger-records.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { GatewayError, type Log, silentLog, systemClock } from '../base/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { parseSchedule } from '../schedule/index.ts'
import { createConnection, createMemoryDisk, createMemoryStore } from '../transfer/index.ts'
import type { AlarmChanges } from '../watch/index.ts'
import { failedPass, type FlowOutcome, type PassOrder, type Worker } from './flow-worker.ts'
import { serve } from './serve.ts'

const folder = useTempFolder()
const START = new Date('2026-11-20T03:50:00Z')

let ledger: Ledger
let clock: HandClock
let stop: AbortController
const loops: Promise<void>[] = []
let said: string[]
let informed: string[]
/** What the alarms of the next rounds are. */
let judged: (AlarmChanges | GatewayError)[]
/** Whether a refused login may be tried again. */
let mayLogin: boolean
/** What was done, and what to answer. */
let orders: string[]
let answer: (worker: Worker, order: PassOrder) => FlowOutcome | Promise<FlowOutcome>

beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'), { clock: systemClock })
  clock = createHandClock(START)
  stop = new AbortController()
  said = []
  informed = []
  judged = []
  mayLogin = false
  orders = []
  answer = ({ name }) => quiet(name)
})
afterEach(async () => {
  stop.abort()
  await Promise.allSettled(loops.splice(0))
  await ledger.close()
})

const quiet = (flow: string): FlowOutcome => ({
  flow,
  files: [],
  waiting: [],
  refused: [],
  watched: [],
  held: [],
  heldFiles: [],
})
const never = (): never => {
  throw new Error('no server in this test')
}
const users: Worker = { kind: 'import', name: 'users', timing: { missedRuns: 'run-once' }, delivery: never }
const scheduled: Worker = { ...users, timing: { missedRuns: 'run-all', schedule: parseSchedule('0 4 * * *', 'UTC') } }
const out: Worker = { kind: 'export', name: 'out', timing: { missedRuns: 'run-once' }, collection: never }
const log: Log = {
  ...silentLog,
  info: (message) => void informed.push(message),
  warn: (message) => void said.push(message),
  error: (message) => void said.push(message),
}

/** Starts the loop and waits until it sleeps for the first time. */
async function start(...workers: Worker[]): Promise<{ readonly ended: Promise<void> }> {
  const ended = serve({
    workers,
    pass: async (worker, order) => {
      orders.push(`${worker.name} ${order.move ? order.trigger : order.ask ? 'ask' : 'look'}`)
      return answer(worker, order)
    },
    ledger,
    connection: createConnection('memory', async () => createMemoryStore(createMemoryDisk([]))),
    mayLogin: async () => mayLogin,
    desk: {
      judge: async () => {
        const next = judged.shift() ?? { raised: [], ended: [] }
        if (next instanceof GatewayError) throw next
        return next
      },
    },
    clock,
    log,
    signal: stop.signal,
    pickUp: { lookEverySeconds: 5, askEverySeconds: 60 },
  })
  loops.push(ended)
  await Promise.race([clock.asleep(), Promise.allSettled([ended])])
  return { ended }
}

/** One more round. */
async function round(seconds = 5): Promise<void> {
  orders = []
  clock.advance(seconds * 1000)
  await clock.asleep()
}

async function recordRun(flow: string, dueAt: Date): Promise<void> {
  await ledger.write((writer) =>
    writer.insertRun({
      id: `r${orders.length}${dueAt.getTime()}`,
      flow,
      dueAt,
      trigger: 'schedule',
      startedAt: clock.now(),
      endedAt: clock.now(),
      outcome: 'done',
      files: 0,
    }),
  )
}

describe('serve', () => {
  it('looks into drop folders at every round and collects exports when they are due', async () => {
    const { ended } = await start(users, out)
    expect(orders.slice(0, 2)).toEqual(['users look', 'out arrival'])
    await round()
    expect(orders).toContain('users look')
    stop.abort()
    await ended
  })

  it('runs a schedule when its instant has come', async () => {
    answer = async ({ name }, order) => {
      if (order.trigger === 'schedule') await recordRun(name, order.dueAt)
      return quiet(name)
    }
    await start(scheduled)
    await round()
    expect(orders).toEqual(['users look'])
    await round(600)
    expect(orders).toEqual(['users look', 'users schedule'])
    await round()
    expect(orders).toEqual(['users look'])
  })

  it('runs a schedule although the clock was years ahead when it started', async () => {
    clock.set(new Date('2031-01-01T00:00:00Z'))
    await start(scheduled)
    clock.set(new Date('2026-11-20T03:59:00Z'))
    await round()
    await round(60)
    expect(orders).toContain('users schedule')
  })

  it.each([
    ['TRANSFER_AUTH', 'before a login succeeds or is allowed'],
    ['LOGIN_BARRED', 'before a login succeeds or is allowed'],
    ['TRANSFER_HOST_KEY', 'before the gateway is restarted'],
  ] as const)(
    'asks the server nothing more after %s, not even for other runs of the same round, and goes on looking',
    async (code, until) => {
      const missed = [1, 2, 3].map((day) => new Date(Date.UTC(2026, 10, 16 + day, 4)))
      const [first = START] = missed
      await recordRun('users', first)
      answer = ({ name }, { move }) => (move ? failedPass(name, new GatewayError(code)) : quiet(name))
      await start(scheduled, out)
      expect(orders.filter((order) => !order.endsWith('look'))).toEqual(['users schedule'])
      await round(3600)
      expect(orders).toEqual(['users look'])
      expect(said.filter((line) => line.includes(until))).toHaveLength(1)
    },
  )

  it('goes on by itself once a refused login may be tried again, and not after another host key', async () => {
    let code: 'TRANSFER_AUTH' | 'TRANSFER_HOST_KEY' = 'TRANSFER_AUTH'
    await recordRun('users', new Date('2026-11-18T04:00:00Z'))
    answer = ({ name }, { move }) => (move ? failedPass(name, new GatewayError(code)) : quiet(name))
    await start(scheduled)
    await round()
    expect(orders).toEqual(['users look'])
    mayLogin = true
    code = 'TRANSFER_HOST_KEY'
    await round()
    expect({ orders, informed }).toEqual({
      orders: ['users look', 'users schedule'],
      informed: expect.arrayContaining(['the server is asked again']),
    })
    await round(3600)
    expect(orders).toEqual(['users look'])
  })

  it('says once that another process works on a flow, and again after it was free', async () => {
    let isBusy = true
    answer = ({ name }) => (isBusy ? failedPass(name, new GatewayError('FLOW_BUSY')) : quiet(name))
    await start(users)
    await round()
    isBusy = false
    await round()
    isBusy = true
    await round()
    expect(said).toEqual(['another process works on the flow', 'another process works on the flow'])
  })

  it('says once what it leaves where it is, and again when the reason is another', async () => {
    let reason = 'is a link'
    answer = ({ name }) => ({ ...quiet(name), refused: [{ name: 'x.csv', reason }] })
    await start(users)
    await round()
    expect(said).toHaveLength(1)
    reason = 'is a pipe'
    await round()
    expect(said).toHaveLength(2)
  })

  it('goes on when a pass meets a full disk or a busy ledger', async () => {
    let codes: ('DISK_FULL' | 'LEDGER_BUSY')[] = ['DISK_FULL', 'LEDGER_BUSY']
    answer = ({ name }) => {
      const [code, ...rest] = codes
      codes = rest
      if (code !== undefined) throw new GatewayError(code)
      return quiet(name)
    }
    const { ended } = await start(users)
    await round()
    await round()
    expect(orders).toEqual(['users look'])
    stop.abort()
    await ended
  })

  it('says once that a flow is looked at again later, and again after a look got through', async () => {
    let isFull = true
    answer = ({ name }) => {
      if (isFull) throw new GatewayError('DISK_FULL')
      return quiet(name)
    }
    await start(users)
    await round()
    await round()
    expect(said).toEqual(['the flow is looked at again later'])
    isFull = false
    await round()
    isFull = true
    await round()
    expect(said).toEqual(['the flow is looked at again later', 'the flow is looked at again later'])
  })

  it('ends with the error when the ledger is damaged', async () => {
    answer = ({ name }) => failedPass(name, new GatewayError('LEDGER_DAMAGED'))
    const { ended } = await start(users)
    await expect(ended).rejects.toMatchObject({ code: 'LEDGER_DAMAGED' })
  })

  it('ends with a fault of the program', async () => {
    answer = () => {
      throw new TypeError('a fault')
    }
    const { ended } = await start(users)
    await expect(ended).rejects.toThrow('a fault')
  })

  it('begins no other flow once it is told to stop, and ends', async () => {
    answer = ({ name }) => {
      stop.abort()
      return quiet(name)
    }
    const { ended } = await start(users, { ...users, name: 'items' })
    await ended
    expect(orders).toEqual(['users look'])
  })
})

describe('alarms', () => {
  const alarm = alarmRecord('a', { kind: 'stuck', about: 'file', subject: 'f1' })

  it('are judged at the end of each round, and told once when they are raised and when they are over', async () => {
    judged = [
      { raised: [alarm], ended: [] },
      { raised: [], ended: [] },
      { raised: [], ended: [{ ...alarm, ending: 'gone' }] },
    ]
    await start(users)
    expect(said).toEqual(['alarm'])
    await round()
    expect(said).toEqual(['alarm'])
    await round()
    expect(said).toEqual(['alarm'])
    expect(informed).toContain('alarm over')
  })

  it('that cannot be written down do not end the serving, and are said once', async () => {
    judged = [new GatewayError('DISK_FULL'), new GatewayError('DISK_FULL')]
    const { ended } = await start(users)
    await round()
    expect(said).toEqual(['the alarms are judged again later'])
    await round()
    stop.abort()
    await ended
  })
})
