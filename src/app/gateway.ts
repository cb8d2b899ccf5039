import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import {
  type Clock,
  createIdMaker,
  GatewayError,
  type IdMaker,
  isSafeName,
  type Log,
  silentLog,
  sleepUnlessStopped,
  systemClock,
} from '../base/index.ts'
import { createCollection } from '../collection/index.ts'
import { createContentStore, createDelivery, createDropFolder, type HeldPart } from '../delivery/index.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { type Connection, createConnection } from '../transfer/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { resolveFlows, type ResolvedFlow } from './config/resolve-flows.ts'
import { readSecrets, type SecretSources } from './config/secrets.ts'
import { createServe } from './serve.ts'
import { type FlowOutcome, type PassOrder, runPass, type Worker } from './flow-worker.ts'
import { openServerStore, serverLabel } from './stores.ts'

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

/** The whole gateway of one configuration. */
export interface Gateway {
  readonly flows: readonly ResolvedFlow[]
  readonly ledger: Ledger
  /** One pass of the named flows, or of all: take in, place or collect, ask. */
  run(names?: readonly string[]): Promise<readonly FlowOutcome[]>
  /** Asks once more what became of placed files. */
  ask(names?: readonly string[]): Promise<readonly FlowOutcome[]>
  /** Sends a copy of one file through a flow. */
  send(path: string, flow: string): Promise<FlowOutcome>
  /** Runs schedules and watches drop folders until the signal stops it. */
  serve(): Promise<void>
  held(): Promise<readonly (HeldPart & { readonly flow: string })[]>
  /** What a person decided about a held part. @throws {GatewayError} `HISTORY_UNKNOWN` */
  decide(partName: string, decision: 'release' | 'drop'): Promise<string>
  close(): Promise<void>
}

/** Opens ledger and folders; no connection is made before one is needed. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { loaded, sources, clock = systemClock, log = silentLog, newId = createIdMaker(), signal } = options
  const { config } = loaded
  const flows = resolveFlows(loaded)
  const state = resolve(loaded.folder, config.folders.state)
  const ledger = await openLedger(join(state, 'ledger.sqlite'), { clock })
  const contents = createContentStore(join(state, 'store'), newId)
  const connection: Connection = createConnection(serverLabel(config.server), async () => {
    if (config.server === undefined)
      throw new GatewayError('CONFIG_INVALID', {
        path: loaded.path,
        place: 'server',
        reason: 'no server is configured',
      })
    return openServerStore(config.server, readSecrets(config.server, sources))
  })
  const shared = { ledger, connection, clock, newId, log, ...(signal === undefined ? {} : { signal }) }
  const settleMs = config.pickUp.settleSeconds * 1000

  const workers = flows.map(({ kind, flow, timing }): Worker => {
    if (kind === 'export') return { kind, name: flow.name, timing, collection: createCollection(shared, flow) }
    const dropFolder = createDropFolder(flow.dropFolder, settleMs, clock)
    return { kind, name: flow.name, timing, delivery: createDelivery({ ...shared, contents }, flow, dropFolder) }
  })
  const passTools = { ledger, clock, newId, log }
  const pass = (worker: Worker, order: PassOrder): Promise<FlowOutcome> => runPass(passTools, worker, order)

  function chosen(names: readonly string[] | undefined): readonly Worker[] {
    if (names === undefined || names.length === 0) return workers
    return names.map((name) => workerNamed(name))
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
      if (signal?.aborted) break
      outcomes.push(await pass(worker, order))
    }
    return outcomes
  }

  async function heldParts(): Promise<readonly (HeldPart & { readonly flow: string })[]> {
    const all = await Promise.all(
      workers.map(async (worker) =>
        worker.kind === 'import' ? (await worker.delivery.held()).map((held) => ({ ...held, flow: worker.name })) : [],
      ),
    )
    return all.flat()
  }

  return {
    flows,
    ledger,
    async run(names) {
      const chosenWorkers = chosen(names)
      const order = { trigger: 'person', dueAt: clock.now(), move: true, ask: true } as const
      // The first look only remembers; what is the same after the settling time is taken in by the second.
      const first = await each(chosenWorkers, { ...order, move: false, ask: false })
      if (first.some(({ waiting }) => waiting.length > 0)) await sleepUnlessStopped(clock, settleMs + 10, signal)
      const second = await each(chosenWorkers, order)
      await connection.close()
      return second.map((outcome, index) => joinOutcomes(first[index], outcome))
    },
    async ask(names) {
      const outcomes = await each(chosen(names), { trigger: 'person', dueAt: clock.now(), move: false, ask: true })
      await connection.close()
      return outcomes
    },
    async send(path, flowName) {
      const worker = workerNamed(flowName)
      if (worker.kind !== 'import')
        throw new GatewayError('USAGE', { flow: flowName, reason: 'this flow brings files out of Coupa' })
      const name = basename(path)
      if (!isSafeName(name)) throw new GatewayError('FILE_UNSAFE', { path })
      if (
        !(await stat(path).then(
          (stats) => stats.isFile(),
          (cause: unknown) => {
            throw new GatewayError('FILE_NOT_FOUND', { path }, { cause })
          },
        ))
      ) {
        throw new GatewayError('FILE_UNSAFE', { path })
      }
      const taken = await worker.delivery.takeInCopy(resolve(path), name)
      const outcome = await pass(worker, { trigger: 'person', dueAt: clock.now(), move: true, ask: true })
      await connection.close()
      const ids = new Set([...taken, ...outcome.files].map(({ id }) => id))
      const files = await Promise.all([...ids].map((id) => ledger.findFile(id)))
      return { ...outcome, files: files.filter((file) => file !== undefined) }
    },
    serve: createServe({ workers, pass, ledger, connection, clock, log, signal, config }),
    async held() {
      const all = await Promise.all(
        workers.map(async (worker) =>
          worker.kind === 'import'
            ? (await worker.delivery.held()).map((held) => ({ ...held, flow: worker.name }))
            : [],
        ),
      )
      return all.flat()
    },
    async decide(partName, decision) {
      const held = (await heldParts()).find(({ part }) => part.name === partName || part.id === partName)
      const worker = held && workerNamed(held.flow)
      if (held === undefined || worker?.kind !== 'import') throw new GatewayError('HISTORY_UNKNOWN', { held: partName })
      const state = await worker.delivery.decide(held, decision)
      await connection.close()
      return state
    },
    async close() {
      await connection.close()
      await ledger.close()
    },
  }
}

/** Two passes of one flow as one: files of both, the rest as it is at the end. */
function joinOutcomes(first: FlowOutcome | undefined, second: FlowOutcome): FlowOutcome {
  const known = new Set(second.files.map(({ id }) => id))
  return { ...second, files: [...(first?.files.filter(({ id }) => !known.has(id)) ?? []), ...second.files] }
}
