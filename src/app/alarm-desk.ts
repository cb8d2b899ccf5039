import type { AlarmKind, AlarmRecord } from '../ledger/index.ts'
import type { Connection } from '../transfer/index.ts'
import {
  type AlarmChanges,
  type AlarmTools,
  type Condition,
  endingOf,
  failureCondition,
  judgeFlow,
  condition,
  keyOf,
  reconcileAlarms,
  SERVER_KINDS,
  THIS_MACHINE,
  type WatchedFlow,
} from '../watch/index.ts'
import type { FlowOutcome, PassOrder, Worker } from './flow-worker.ts'

/** What a desk is made of. */
export interface AlarmDeskOptions extends AlarmTools {
  readonly flows: readonly WatchedFlow[]
  /** Label of the server. */
  readonly server: string
  readonly failingAfterMinutes: number
}

/** Keeps the alarms of one gateway up to date: hears what passes met, and judges it with what the ledger says. */
export interface AlarmDesk {
  /** The connection, whose calls that get through are heard. */
  listenTo(connection: Connection): Connection
  /** Hears what a pass met. */
  note(worker: Pick<Worker, 'kind' | 'name'>, order: Pick<PassOrder, 'move'>, outcome: FlowOutcome): void
  /**
   * Raises and ends alarms. What was heard is kept until it is written down.
   *
   * @param takenIn Flows whose drop folders have just been emptied: what they expect was not there. Absent where the
   *   folders are looked into all the time.
   * @throws {GatewayError} The ledger cannot be written.
   */
  judge(takenIn?: readonly string[]): Promise<AlarmChanges>
}

/** Kinds that only a pass can know of: what no pass met says nothing of them. */
const HEARD_KINDS: readonly AlarmKind[] = [...SERVER_KINDS, 'disk-full', 'drop-folder', 'run-failed', 'left-behind']

/** Makes a {@link AlarmDesk} that has heard nothing yet. */
export function createAlarmDesk(options: AlarmDeskOptions): AlarmDesk {
  const { ledger, clock, flows, server } = options
  const start = clock.now()
  /** What passes met since the last judgement, by key; a failure outweighs that another pass met none. */
  let failures = new Map<string, Condition>()
  let successes = new Set<string>()
  /** What lies in each drop folder that was looked into, and cannot be taken. */
  const leftBehind = new Map<string, readonly Condition[]>()
  const known = new Set(flows.map(({ name }) => name))

  function succeed(kind: AlarmKind, subject: string): void {
    successes.add(keyOf({ kind, subject }))
  }

  async function ending(alarm: AlarmRecord, heard: ReadonlySet<string>): Promise<string | undefined> {
    const { kind, flow } = alarm
    if (flow !== undefined && !known.has(flow)) return 'the flow is not configured any more'
    if (kind === 'left-behind' ? !leftBehind.has(flow ?? '') : HEARD_KINDS.includes(kind) && !heard.has(keyOf(alarm))) {
      return undefined
    }
    return endingOf(ledger, alarm)
  }

  return {
    listenTo: (connection) => ({
      ...connection,
      use: async (work) => {
        const answer = await connection.use(work)
        for (const kind of SERVER_KINDS) succeed(kind, server)
        return answer
      },
    }),

    note({ kind: direction, name: flow }, { move }, { failure, refused }) {
      const met = failure && failureCondition({ ...options, flow, direction, error: failure, server })
      if (met !== undefined) failures.set(keyOf(met), met)
      // What ended early says nothing of the rest.
      if (failure !== undefined) return
      if (direction === 'import') {
        leftBehind.set(
          flow,
          refused.map(({ name, reason }) => cannotBeTaken(flow, name, reason)),
        )
        succeed('disk-full', THIS_MACHINE)
        succeed('drop-folder', flow)
      }
      if (move) {
        succeed('run-failed', flow)
        // Its exports may go to another disk than what is dropped.
        succeed('disk-full', flow)
      }
    },

    async judge(takenIn) {
      const now = clock.now()
      const heard = [...failures.values(), ...[...leftBehind.values()].flat()]
      // A clock that was put back must not make the time of taking in begin later.
      const sinceStart = start > now ? now : start
      const conditions = [...heard]
      for (const flow of flows) {
        const sinceRun = takenIn?.includes(flow.name) ? new Date(0) : now
        const watchingSince = takenIn === undefined ? sinceStart : sinceRun
        conditions.push(...(await judgeFlow(ledger, flow, { present: heard, watchingSince, now })))
      }
      const succeeded = new Set([...successes].filter((key) => !failures.has(key)))
      const changes = await reconcileAlarms(options, { conditions, endingOf: (alarm) => ending(alarm, succeeded) })
      failures = new Map()
      successes = new Set()
      return changes
    },
  }
}

function cannotBeTaken(flow: string, name: string, reason: string): Condition {
  return condition('left-behind', `${flow}/${name}`, `${name} in the drop folder of ${flow} ${reason}`, { flow })
}
