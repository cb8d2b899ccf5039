import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createManualClock, type ManualClock } from '../../test/support/manual-clock.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createIdMaker } from '../base/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { type Condition, condition } from './condition.ts'
import { type AlarmChanges, reconcileAlarms } from './reconcile.ts'

const folder = useTempFolder()
const MINUTE_MS = 60_000

let ledger: Ledger
let clock: ManualClock
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'))
  clock = createManualClock()
})
afterEach(() => ledger.close())

/** One look. @returns `+kind` for what was raised, `-ending` for what is over. */
async function look(...conditions: Condition[]): Promise<readonly string[]> {
  return words(await reconcileIn(ledger, conditions))
}

const reconcileIn = (into: Ledger, conditions: readonly Condition[]): Promise<AlarmChanges> =>
  reconcileAlarms({ ledger: into, clock, newId: createIdMaker() }, { conditions, endingOf: async () => 'over' })

const words = ({ raised, ended }: AlarmChanges): readonly string[] => [
  ...raised.map(({ kind }) => `+${kind}`),
  ...ended.map(({ ending }) => `-${ending}`),
]

const gone = condition('vanished', 'a.csv', 'a.csv has vanished')
const slow = condition('server-unreachable', 'sftp://x', 'calls fail', { patienceMinutes: 10 })
const wrote = async (): Promise<number | undefined> => (await ledger.findAlarms({}))[0]?.count

describe('alarms', () => {
  it('are raised once and ended once, whatever is between', async () => {
    expect(await look(gone)).toEqual(['+vanished'])
    clock.advance(5 * MINUTE_MS)
    expect(await look(gone)).toEqual([])
    expect(await look()).toEqual(['-over'])
    expect(await look()).toEqual([])
    expect(await look(gone)).toEqual(['+vanished'])
  })

  it('are written down once a minute at most while nothing changes, and at once when the words do', async () => {
    await look(gone)
    clock.advance(59_000)
    await look(gone)
    expect(await wrote()).toBe(1)
    clock.advance(1000)
    await look(gone)
    expect(await wrote()).toBe(2)
    await look({ ...gone, what: 'a.csv is really gone' })
    expect(await wrote()).toBe(3)
  })

  it('wait until the condition has lasted long enough, and leave nothing when it has not', async () => {
    expect(await look(slow)).toEqual([])
    clock.advance(9 * MINUTE_MS)
    expect(await look(slow)).toEqual([])
    expect(await look()).toEqual([])
    expect(await ledger.findAlarms({})).toEqual([])
    await look(slow)
    clock.advance(10 * MINUTE_MS)
    expect(await look(slow)).toEqual(['+server-unreachable'])
  })

  it('are not silenced by a clock that was years ahead when the condition was first seen', async () => {
    clock.advance(1e11)
    await look(slow)
    clock.advance(-1e11)
    expect(await look(slow)).toEqual(['+server-unreachable'])
  })

  it('end only where something is known of them', async () => {
    await look(gone)
    const tools = { ledger, clock, newId: createIdMaker() }
    expect(words(await reconcileAlarms(tools, { conditions: [], endingOf: async () => undefined }))).toEqual([])
    expect(await ledger.findAlarms({ state: 'lasting' })).toHaveLength(1)
  })

  it('are one alarm, told by one, when two processes look at the same moment', async () => {
    const other = await openLedger(folder.at('ledger.sqlite'))
    const changes = await Promise.all([reconcileIn(ledger, [gone]), reconcileIn(other, [gone])])
    expect(changes.flatMap(words)).toEqual(['+vanished'])
    const endings = await Promise.all([reconcileIn(ledger, []), reconcileIn(other, [])])
    expect(endings.flatMap(words)).toEqual(['-over'])
    await other.close()
    expect(await ledger.findAlarms({})).toHaveLength(1)
  })
})
