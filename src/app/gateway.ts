import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import {
  asGatewayError,
  type Clock,
  createIdMaker,
  GatewayError,
  type IdMaker,
  isCode,
  isSafeName,
  type Log,
  silentLog,
  sleepUnlessStopped,
  systemClock,
} from '../base/index.ts'
import type { FilePreview, ResendPlan } from '../delivery/index.ts'
import { type AlarmRecord, type FileRecord, type Ledger, openLedger } from '../ledger/index.ts'
import { createConnection } from '../transfer/index.ts'
import { acknowledgeAlarm, type Acknowledgement } from '../watch/index.ts'
import { createAlarmDesk } from './alarm-desk.ts'
import { applyRetention, hasPolicy, type RetentionOrder, type RetentionOutcome } from './apply-retention.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { resolveFlows, type ResolvedFlow } from './config/resolve-flows.ts'
import type { SecretSources } from './config/secrets.ts'
import { findSent } from './find-sent.ts'
import { withFlowLease } from './flow-lease.ts'
import { failedPass, type FlowOutcome, type PassOrder, runPass, type Worker } from './flow-worker.ts'
import { onceADay } from './once-a-day.ts'
import { retentionFacts } from './retention-facts.ts'
import { createHolds, type HeldPartOfFlow, type HoldEvidence } from './holds.ts'
import { serve } from './serve.ts'
import { createServerDoor } from './server-door.ts'
import { openUntilRefused } from './stores.ts'
import { ledgerPath } from './with-server-door.ts'
import { watchedFlows } from './watched-flows.ts'
import { createWorkers } from './workers.ts'

/** What a gateway is opened with. */
export interface GatewayOptions {
  readonly loaded: LoadedConfig
  readonly sources: SecretSources
  readonly clock?: Clock
  readonly log?: Log
  readonly newId?: IdMaker
  /** Aborted to stop: what is at hand is finished, nothing more is begun. */
  readonly signal?: AbortSignal
}

/** What was sent again, and the pass that sent it. */
export interface Resending {
  readonly plan: ResendPlan
  readonly outcome: FlowOutcome
}

/** The whole gateway of one configuration. */
export interface Gateway {
  readonly flows: readonly ResolvedFlow[]
  readonly ledger: Ledger
  /**
   * One pass of the named flows, or of all: take in, place or collect, ask. Flows that were not begun when the signal
   * was aborted come back with the failure `STOPPED`.
   *
   * @throws {GatewayError} `FLOW_UNKNOWN`; `SERVER_CHANGED`, `SERVER_IS_PRODUCTION` nothing was done
   */
  run(names?: readonly string[]): Promise<readonly FlowOutcome[]>
  /** Asks once more what became of placed files. */
  ask(names?: readonly string[]): Promise<readonly FlowOutcome[]>
  /**
   * Sends a copy of one file through a flow; `isForced`: even if its content was sent before.
   *
   * @throws {GatewayError} `FLOW_UNKNOWN`, `USAGE` no import flow, `FILE_NOT_FOUND`, `FILE_UNSAFE`; `SERVER_CHANGED`,
   *   `SERVER_IS_PRODUCTION` nothing was done
   */
  send(path: string, flow: string, choice?: { readonly isForced: boolean }): Promise<FlowOutcome>
  /**
   * Runs schedules and watches drop folders until the signal stops it.
   *
   * @throws {GatewayError} `CONFIG_INVALID`, `CONFIG_SECRET_MISSING`, `TRANSFER_HOST_KEY_MISSING`, `SERVER_CHANGED`,
   *   `SERVER_IS_PRODUCTION` at the start
   */
  serve(): Promise<void>
  /**
   * What would become of a file that is sent through a flow. Nothing is recorded and nothing is sent.
   *
   * @returns One preview; for an archive one for each file in it.
   * @throws {GatewayError} `FLOW_UNKNOWN`, `USAGE` no import flow, `FILE_NOT_FOUND`, `FILE_UNSAFE`
   */
  preview(path: string, flow: string, choice?: { readonly isForced: boolean }): Promise<readonly FilePreview[]>
  /**
   * What a resend would send, and what is newer. Nothing is recorded and nothing is sent.
   *
   * @param name Of a file or of a part, or a reference.
   * @throws {GatewayError} `HISTORY_UNKNOWN`, `USAGE`, `FLOW_UNKNOWN`, `RESEND_UNSETTLED`, `RESEND_GONE`
   */
  planResend(name: string): Promise<ResendPlan>
  /**
   * Sends again what was sent before.
   *
   * @throws {GatewayError} As `planResend`; `RESEND_OVERTAKEN`, `FLOW_BUSY`; nothing was recorded.
   */
  resend(name: string, choice: { readonly isEvenIfNewer: boolean }): Promise<Resending>
  held(): Promise<readonly HeldPartOfFlow[]>
  /** Files that are held before they were made into parts. */
  heldFiles(): Promise<readonly FileRecord[]>
  /** Exports that are held. */
  heldExports(): Promise<readonly FileRecord[]>
  /**
   * Everything that a person needs to decide about something that is held, with what the server shows of it right now.
   *
   * @throws {GatewayError} `HISTORY_UNKNOWN`, `USAGE` several are meant
   */
  showHeld(name: string): Promise<HoldEvidence>
  /**
   * What a person decided about a held part, or a held file that was made into none.
   *
   * @throws {GatewayError} `HISTORY_UNKNOWN`, `FLOW_BUSY`
   */
  decide(name: string, decision: 'release' | 'drop'): Promise<string>
  /** Alarms that were raised since this gateway was opened, `serve` apart, and that last. All of them: the ledger. */
  newAlarms(): readonly AlarmRecord[]
  /**
   * Writes down that a person knows of an alarm.
   *
   * @throws {GatewayError} `HISTORY_UNKNOWN` no open alarm has that id; `USAGE` several begin so.
   */
  acknowledge(id: string, words: Acknowledgement): Promise<AlarmRecord>
  /**
   * Removes what is old, or tells what would be removed.
   *
   * @throws {GatewayError} `FLOW_BUSY` another process works on a flow: the store was left alone.
   */
  prune(order: RetentionOrder): Promise<RetentionOutcome>
  close(): Promise<void>
}

type ImportWorker = Extract<Worker, { readonly kind: 'import' }>

const NEVER = new AbortController().signal

/** Opens ledger and folders; no connection is made before one is needed. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { loaded, sources, clock = systemClock, log = silentLog, newId = createIdMaker(), signal = NEVER } = options
  const { config } = loaded
  const flows = resolveFlows(loaded)
  const contentFolder = join(resolve(loaded.folder, config.folders.state), 'store')
  const ledger = await openLedger(ledgerPath(loaded), { clock })
  const door = createServerDoor({ loaded, sources, ledger, clock, newId, signal })
  const { failingAfterMinutes } = config.alarms
  const desk = createAlarmDesk({
    ledger,
    clock,
    newId,
    flows: watchedFlows(flows, config),
    server: door.label,
    failingAfterMinutes,
  })
  const connection = desk.listenTo(createConnection(door.label, openUntilRefused(door.openStore)))
  const tools = {
    ledger,
    connection,
    clock,
    newId,
    log,
    unreturned: new Set<string>(),
    said: new Map<string, string>(),
  }
  const prune = (order: RetentionOrder): Promise<RetentionOutcome> =>
    applyRetention({ ...tools, flows, contentFolder }, order)
  const settleMs = config.pickUp.settleSeconds * 1000
  const minFreeBytes = config.pickUp.minFreeMegabytes * 1_000_000
  const workers = createWorkers({ tools, flows, contentFolder, settleMs, minFreeBytes })
  const newAlarms = new Map<string, AlarmRecord>()

  async function pass(worker: Worker, order: PassOrder): Promise<FlowOutcome> {
    const outcome = await runPass({ ...tools, signal }, worker, order)
    desk.note(worker, order, outcome)
    return outcome
  }

  /** After one pass by hand; `serve` judges after each of its rounds. */
  async function judge(takenIn: readonly Worker[] = []): Promise<void> {
    const { raised, ended } = await desk.judge(takenIn.map(({ name }) => name))
    for (const alarm of raised) newAlarms.set(alarm.id, alarm)
    for (const { id } of ended) newAlarms.delete(id)
  }

  function chosen(names: readonly string[] = []): readonly Worker[] {
    return names.length === 0 ? workers : [...new Set(names)].map(workerNamed)
  }

  function workerNamed(name: string): Worker {
    const worker = workers.find((candidate) => candidate.name === name)
    if (worker === undefined)
      throw new GatewayError('FLOW_UNKNOWN', { flow: name, known: workers.map((known) => known.name).join(', ') })
    return worker
  }

  async function each(chosenWorkers: readonly Worker[], order: PassOrder): Promise<FlowOutcome[]> {
    const outcomes: FlowOutcome[] = []
    for (const worker of chosenWorkers) {
      const stopped = new GatewayError('STOPPED', { flow: worker.name })
      outcomes.push(signal.aborted ? failedPass(worker.name, stopped) : await pass(worker, order))
    }
    return outcomes
  }

  const holds = createHolds({ ...tools, workers, signal })

  function importWorker(name: string): ImportWorker {
    const worker = workerNamed(name)
    if (worker.kind === 'import') return worker
    throw new GatewayError('USAGE', { flow: name, reason: 'this flow brings files out of Coupa' })
  }

  return {
    flows,
    ledger,
    held: holds.parts,
    heldFiles: holds.files,
    heldExports: holds.exports,
    prune,
    preview: async (path, flow, choice) => {
      const worker = importWorker(flow)
      await checkedName(path)
      return worker.delivery(signal).preview(resolve(path), choice)
    },
    async run(names) {
      const chosenWorkers = chosen(names)
      await door.guard()
      const order = { trigger: 'person', dueAt: clock.now(), move: true, ask: true } as const
      // The first look only remembers; what is the same after the settling time is taken in by the second.
      const imports = chosenWorkers.filter(({ kind }) => kind === 'import')
      const first = await each(imports, { ...order, move: false, ask: false })
      if (first.some(({ waiting }) => waiting.length > 0)) await sleepUnlessStopped(clock, settleMs + 10, signal)
      const second = await each(chosenWorkers, order)
      await connection.close()
      await judge(chosenWorkers)
      return second.map((outcome) =>
        joinOutcomes(
          first.find(({ flow }) => flow === outcome.flow),
          outcome,
        ),
      )
    },
    async ask(names) {
      const chosenWorkers = chosen(names)
      await door.guard()
      const outcomes = await each(chosenWorkers, { trigger: 'person', dueAt: clock.now(), move: false, ask: true })
      await connection.close()
      await judge()
      return outcomes
    },
    async send(path, flowName, { isForced } = { isForced: false }) {
      const worker = importWorker(flowName)
      const order = isForced ? { order: 'a person, with flatgate send --force' } : {}
      const copyOf = { path: resolve(path), name: await checkedName(path), ...order }
      await door.guard()
      const outcome = await pass(worker, { trigger: 'person', dueAt: clock.now(), copyOf, move: true, ask: true })
      await connection.close()
      await judge()
      return outcome
    },
    planResend: async (name) => {
      const { flow, wish } = await findSent(ledger, name)
      return importWorker(flow).delivery(signal).planResend(wish)
    },
    async resend(name, { isEvenIfNewer }) {
      const { flow, wish } = await findSent(ledger, name)
      const worker = importWorker(flow)
      const plan = await worker.delivery(signal).planResend(wish)
      await door.guard()
      await withFlowLease(tools, flow, (lost) => worker.delivery(lost).resend(wish, isEvenIfNewer))
      const outcome = await pass(worker, { trigger: 'person', dueAt: clock.now(), move: true, ask: true })
      await connection.close()
      await judge()
      return { plan, outcome }
    },
    async serve() {
      await door.check()
      const tidy = onceADay(tools, 'removing what is old', async () => {
        if (!hasPolicy(config.retention)) return
        log.info('removed what is old', retentionFacts(await prune({ days: config.retention, isTrial: false })))
      })
      const { mayLogin } = door
      await serve({
        workers,
        pass,
        ledger,
        connection,
        desk,
        mayLogin,
        clock,
        log,
        signal,
        pickUp: config.pickUp,
        tidy,
      })
    },
    showHeld: async (name) => {
      const evidence = await holds.show(name)
      await connection.close()
      return evidence
    },
    async decide(name, decision) {
      const decided = await holds.decide(name, decision)
      await connection.close()
      await judge()
      return decided
    },
    newAlarms: () => [...newAlarms.values()],
    acknowledge: (id, words) => acknowledgeAlarm({ ledger, clock }, id, words),
    async close() {
      await connection.close()
      await ledger.close()
    },
  }
}

/** The name of a regular file. */
async function checkedName(path: string): Promise<string> {
  const name = basename(path)
  try {
    if (isSafeName(name) && (await stat(path)).isFile()) return name
  } catch (cause) {
    throw isCode(cause, 'ENOENT')
      ? new GatewayError('FILE_NOT_FOUND', { path }, { cause })
      : asGatewayError(cause, path)
  }
  throw new GatewayError('FILE_UNSAFE', { path })
}

/** Two passes of one flow as one: files of both, the rest as it is at the end. */
function joinOutcomes(first: FlowOutcome | undefined, second: FlowOutcome): FlowOutcome {
  const known = new Set(second.files.map(({ id }) => id))
  return { ...second, files: [...(first?.files.filter(({ id }) => !known.has(id)) ?? []), ...second.files] }
}
