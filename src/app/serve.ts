import { asGatewayError, type Clock, GatewayError, type Log } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { createWaker } from '../schedule/index.ts'
import type { Connection } from '../transfer/index.ts'
import type { AlarmDesk } from './alarm-desk.ts'
import { createBell } from './bell.ts'
import type { Config } from './config/config-shape.ts'
import { dueOf } from './due.ts'
import type { FlowOutcome, PassOrder, Worker } from './flow-worker.ts'
import { isKeptInLedger, isRefusal } from './stores.ts'
import { tellAlarms } from './tell-alarms.ts'

/** What the serving loop works with. */
export interface ServeTools {
  readonly workers: readonly Worker[]
  readonly pass: (worker: Worker, order: PassOrder) => Promise<FlowOutcome>
  readonly ledger: Ledger
  readonly connection: Connection
  readonly desk: Pick<AlarmDesk, 'judge'>
  /** Whether a login that the server refused may be tried again. */
  readonly mayLogin: () => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  readonly pickUp: Pick<Config['pickUp'], 'lookEverySeconds' | 'askEverySeconds'>
  /** Called after every round, when no flow is at work. */
  readonly tidy?: () => Promise<void>
}

/** What the loop remembers from round to round. */
interface Memory {
  /** Since when flows are known to the loop; goes back with a clock that is put right, so that nothing waits for it. */
  firstSeenAt: Date
  /** Why nothing is sent: the login was refused, or the server is a wrong one. */
  locked: 'no' | 'until-login' | 'until-restart'
  askedAtMs: number
  /** What was said already, by flow and name, so that it is said once. */
  readonly said: Map<string, string>
}

/**
 * The serving loop: looks into the drop folders at short intervals, moves files when they are due, asks the server
 * what became of placed ones. Ends when the signal is aborted, after what is at hand is finished.
 *
 * @throws {GatewayError} The ledger cannot be used any more; every other fault is logged and tried again.
 */
export async function serve(tools: ServeTools): Promise<void> {
  const { clock, log, signal, pickUp, workers } = tools
  const bell = createBell(clock, signal)
  const schedules = workers.flatMap(({ timing }) => (timing.schedule === undefined ? [] : [timing.schedule]))
  const waker = createWaker({ schedules, onWake: async () => bell.ring(), log, clock })
  const memory: Memory = { firstSeenAt: clock.now(), locked: 'no', askedAtMs: -Infinity, said: new Map() }
  log.info('serving', { flows: workers.length })
  try {
    while (!signal.aborted) {
      await round(tools, memory)
      await tools.connection.close()
      await judge(tools, memory)
      if (!signal.aborted) await tools.tidy?.()
      await bell.wait(pickUp.lookEverySeconds * 1000)
    }
  } finally {
    await waker.stop()
    log.info('stopped', {})
  }
}

async function round(tools: ServeTools, memory: Memory): Promise<void> {
  const now = tools.clock.now()
  const nowMs = now.getTime()
  if (now < memory.firstSeenAt) memory.firstSeenAt = now
  const sinceAskedMs = nowMs - memory.askedAtMs
  const mayAsk = sinceAskedMs < 0 || sinceAskedMs >= tools.pickUp.askEverySeconds * 1000
  if (mayAsk) memory.askedAtMs = nowMs
  if (memory.locked === 'until-login' && (await tools.mayLogin())) {
    memory.locked = 'no'
    tools.log.info('the server is asked again', {})
  }
  for (const worker of tools.workers) {
    if (tools.signal.aborted) return
    try {
      await serveFlow(tools, memory, worker, mayAsk)
      memory.said.delete(`${worker.name} later`)
    } catch (cause) {
      const error = asGatewayError(cause)
      if (!(error instanceof GatewayError) || isLedgerLost(error)) throw error
      const { name: flow } = worker
      const { code, message: reason } = error
      sayOnce(memory, `${flow} later`, code, () =>
        tools.log.error('the flow is looked at again later', { flow, code, reason }),
      )
    }
  }
}

/** What cannot be written down now is judged again with the next round. */
async function judge({ desk, log }: ServeTools, memory: Memory): Promise<void> {
  try {
    tellAlarms(log, await desk.judge())
    memory.said.delete('alarms')
  } catch (cause) {
    const error = asGatewayError(cause)
    if (!(error instanceof GatewayError) || isLedgerLost(error)) throw error
    sayOnce(memory, 'alarms', error.code, () =>
      log.error('the alarms are judged again later', { code: error.code, reason: error.message }),
    )
  }
}

async function serveFlow(tools: ServeTools, memory: Memory, worker: Worker, mayAsk: boolean): Promise<void> {
  const { ledger, clock } = tools
  const ask = mayAsk && memory.locked === 'no' && (await isWatched(ledger, worker.name))
  if (worker.kind === 'import' || ask) {
    note(tools, memory, await tools.pass(worker, { trigger: 'arrival', dueAt: clock.now(), move: false, ask }))
  }
  for (const due of memory.locked === 'no' ? await dueOf(ledger, worker, memory.firstSeenAt, clock.now()) : []) {
    // A refused login must not be tried again for the next run that was missed.
    if (tools.signal.aborted || memory.locked !== 'no') return
    note(tools, memory, await tools.pass(worker, { ...due, move: true, ask: false }))
  }
}

async function isWatched(ledger: Ledger, flow: string): Promise<boolean> {
  return (await ledger.partsInState(['placed', 'never-taken', 'vanished'], flow)).length > 0
}

/** Says once what a person must know, and stops knocking where a login was refused. */
function note({ log }: ServeTools, memory: Memory, { flow, refused, failure }: FlowOutcome): void {
  for (const { name, reason } of refused) {
    sayOnce(memory, `${flow}/${name}`, reason, () => log.warn('left where it is', { flow, name, reason }))
  }
  const isBusy = failure?.code === 'FLOW_BUSY'
  sayOnce(memory, flow, isBusy ? 'busy' : 'free', () => {
    if (isBusy) log.warn('another process works on the flow', { flow })
  })
  if (failure === undefined) return
  if (isLedgerLost(failure)) throw failure
  if (!isRefusal(failure) || memory.locked !== 'no') return
  memory.locked = isKeptInLedger(failure) ? 'until-login' : 'until-restart'
  const { code } = failure
  if (memory.locked === 'until-restart')
    log.error('the server is not asked again before the gateway is restarted', { code })
  else log.error('the server is not asked again before a login succeeds or is allowed by a person', { code })
}

function sayOnce({ said }: Memory, about: string, what: string, say: () => void): void {
  if (said.get(about) === what) return
  said.set(about, what)
  say()
}

/** Without a ledger nothing may be moved, and waiting does not bring it back. */
function isLedgerLost({ code, retry }: GatewayError): boolean {
  return code.startsWith('LEDGER_') && retry === 'never'
}
