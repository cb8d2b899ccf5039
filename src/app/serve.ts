import { type Clock, GatewayError, type Log, sleepUnlessStopped } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { createWaker } from '../schedule/index.ts'
import type { Connection } from '../transfer/index.ts'
import type { Config } from './config/config-shape.ts'
import { dueOf } from './due.ts'
import type { FlowOutcome, PassOrder, Worker } from './flow-worker.ts'

/** What the serving loop works with. */
export interface ServeTools {
  readonly workers: readonly Worker[]
  readonly pass: (worker: Worker, order: PassOrder) => Promise<FlowOutcome>
  readonly ledger: Ledger
  readonly connection: Connection
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal | undefined
  readonly config: Config
}

/** Errors after which a server is not asked again until a person has changed something and restarted the gateway. */
const LOCKING = new Set<string>([
  'TRANSFER_AUTH',
  'TRANSFER_HOST_KEY',
  'TRANSFER_HOST_KEY_MISSING',
  'CONFIG_SECRET_MISSING',
])

/**
 * The serving loop: looks into the drop folders at short intervals, moves files when they are due, asks the server
 * what became of placed ones. Ends when the signal is aborted, after what is at hand is finished.
 */
export function createServe(tools: ServeTools): () => Promise<void> {
  return async () => {
    const { clock, log, signal, config, workers } = tools
    const startedAt = clock.now()
    const wake = createBell()
    const schedules = workers.flatMap(({ timing }) => (timing.schedule === undefined ? [] : [timing.schedule]))
    const waker = createWaker({ schedules, onWake: async () => wake.ring(), log })
    const refusals = new Map<string, string>()
    const state = { isLocked: false, askedAt: 0 }
    log.info('serving', { flows: workers.length })
    try {
      while (!signal?.aborted) {
        await round(tools, startedAt, state, refusals)
        await tools.connection.close()
        await Promise.race([sleepUnlessStopped(clock, config.pickUp.lookEverySeconds * 1000, signal), wake.rung()])
      }
    } finally {
      await waker.stop()
      log.info('stopped', {})
    }
  }
}

async function round(
  tools: ServeTools,
  startedAt: Date,
  state: { isLocked: boolean; askedAt: number },
  refusals: Map<string, string>,
): Promise<void> {
  const { clock, config, log } = tools
  const mayAsk = clock.now().getTime() - state.askedAt >= config.pickUp.askEverySeconds * 1000
  for (const worker of tools.workers) {
    if (tools.signal?.aborted) return
    const ask =
      mayAsk &&
      !state.isLocked &&
      (await tools.ledger.partsInState(['placed', 'never-taken', 'vanished'], worker.name)).length > 0
    if (worker.kind === 'import' || ask) {
      note(
        tools,
        state,
        await tools.pass(worker, { trigger: 'arrival', dueAt: clock.now(), move: false, ask }),
        refusals,
      )
    }
    if (state.isLocked) continue
    for (const due of await dueOf(tools.ledger, worker, startedAt, clock.now())) {
      if (tools.signal?.aborted) return
      note(tools, state, await tools.pass(worker, { ...due, move: true, ask: false }), refusals)
    }
  }
  if (mayAsk) state.askedAt = clock.now().getTime()
  for (const [place, reason] of refusals) log.debug('left where it is', { place, reason })
}

/** Says once what a person must know, and stops knocking where a login was refused. */
function note(
  tools: ServeTools,
  state: { isLocked: boolean },
  outcome: FlowOutcome,
  refusals: Map<string, string>,
): void {
  for (const { name, reason } of outcome.refused) {
    const place = `${outcome.flow}: ${name}`
    if (refusals.get(place) === reason) continue
    refusals.set(place, reason)
    tools.log.warn('left where it is', { flow: outcome.flow, name, reason })
  }
  if (outcome.failure instanceof GatewayError && LOCKING.has(outcome.failure.code) && !state.isLocked) {
    state.isLocked = true
    tools.log.error('the server is not asked again before the gateway is restarted', { code: outcome.failure.code })
  }
}

/** A bell that one waiter hears; rings before the waiting count. */
function createBell(): { ring: () => void; rung: () => Promise<void> } {
  let pending = false
  let waiter: (() => void) | undefined
  return {
    ring: () => {
      if (waiter === undefined) pending = true
      else waiter()
      waiter = undefined
    },
    rung: () =>
      new Promise((resolve) => {
        if (pending) resolve()
        else waiter = resolve
        pending = false
      }),
  }
}
