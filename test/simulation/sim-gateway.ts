import { readFileSync } from 'node:fs'
import { withFlowLease } from '../../src/app/flow-lease.ts'
import { type Clock, GatewayError, type IdMaker, type Log } from '../../src/base/index.ts'
import {
  type ContentStore,
  createDelivery,
  createDropFolder,
  type Delivery,
  type DropFolder,
  type ImportFlow,
} from '../../src/delivery/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import { type Connection, createConnection, type RemoteStore, withinBudget } from '../../src/transfer/index.ts'
import { failingContents } from '../support/failing-contents.ts'
import { failingLedger } from '../support/failing-ledger.ts'
import { failingStores } from '../support/failing-store.ts'
import { createFaultPlan, type FaultMode, type FaultPlan } from '../support/fault-plan.ts'
import type { SimServer } from './sim-server.ts'

/** Sessions that all instances may have open together. */
export const BUDGET = 2

/** What happens in the middle of a pass. */
export interface Disturbance {
  /** Before which call to the outside, from 1. */
  readonly nth: number
  readonly fault?: { readonly mode: FaultMode; readonly isLasting: boolean }
  /** What others do at that moment. */
  readonly meanwhile?: () => Promise<void>
}

/** What instances of a gateway share. */
export interface SimParts {
  readonly flows: readonly ImportFlow[]
  readonly ledger: Ledger
  readonly contents: ContentStore
  readonly server: SimServer
  readonly clock: Clock
  /** Its long sleeps end only when they are called off. */
  readonly renewalClock: Clock
  readonly newId: IdMaker
  readonly log: Log
  readonly settleMs: number
  /** Calls that meet a full disk, as many as are left. */
  readonly fullDisk: { calls: number }
}

/** One process of a gateway: passes of its flows, until it is killed and started anew. */
export interface SimGateway {
  /** One pass of a flow as the serving loop makes it. Faults of the surroundings end it. */
  pass(flow: string, disturbance?: Disturbance): Promise<void>
  /** The first look at what was dropped, which only remembers. */
  look(flow: string): Promise<void>
  /** Does something else under the lease of a flow, undisturbed. */
  act<T>(flow: string, work: (delivery: Delivery) => Promise<T>): Promise<T | undefined>
  /** Lets go of all that was killed, and closes what is open. */
  close(): Promise<void>
}

const UNDISTURBED = Number.POSITIVE_INFINITY

/** Makes a process. */
export function createSimGateway(parts: SimParts): SimGateway {
  const { ledger, server, clock } = parts
  const graves: { plan: FaultPlan; pass: Promise<void>; connection: Connection }[] = []
  let life = bear()

  /** What a process has for itself: what it saw in drop folders, and its sessions. */
  function bear(): { looks: Map<string, DropFolder>; connection: Connection; sessions: Set<RemoteStore> } {
    const sessions = new Set<RemoteStore>()
    const looks = parts.flows.map(
      ({ name, dropFolder }) => [name, createDropFolder(dropFolder, parts.settleMs, clock)] as const,
    )
    const open = async (): Promise<RemoteStore> => {
      const store = await server.open()
      sessions.add(store)
      return store
    }
    const budget = { label: 'simulated', limit: BUDGET, clock: parts.renewalClock, newOwner: parts.newId }
    const connection = createConnection('memory://simulated', withinBudget(open, ledger, budget))
    return { looks: new Map(looks), connection, sessions }
  }

  function deliveryOf(name: string, plan: FaultPlan): Delivery {
    const flow = parts.flows.find((one) => one.name === name)
    const look = life.looks.get(name)
    if (flow === undefined || look === undefined) throw new Error(`there is no flow ${name}`)
    const { connection } = life
    const opened = failingStores(() => connection.use(async (store) => store), plan)
    const spoiled: Connection = {
      label: connection.label,
      // The session is that of the process; what is spoiled are the calls.
      use: async (work) => connection.use(async () => work(await opened())),
      close: () => connection.close(),
    }
    const tools = {
      clock,
      newId: parts.newId,
      log: parts.log,
      connection: spoiled,
      ledger: failingLedger(withFullDisk(ledger, parts), plan),
      contents: failingContents(steadyContents(parts), plan),
      retry: { attempts: 2, firstWaitMs: 1000 },
    }
    return createDelivery(tools, flow, look)
  }

  async function underLease<T>(
    flow: string,
    plan: FaultPlan,
    work: (d: Delivery) => Promise<T>,
  ): Promise<T | undefined> {
    const { newId, log } = parts
    const { connection } = life
    try {
      return await withFlowLease({ ledger, clock, newId, log }, flow, () => work(deliveryOf(flow, plan)))
    } catch (error) {
      if (error instanceof GatewayError) return undefined
      throw error
    } finally {
      // As the serving loop does behind each round; a process that was killed never comes here.
      await connection.close()
    }
  }

  return {
    async pass(flow, disturbance) {
      const { nth = UNDISTURBED, fault, meanwhile } = disturbance ?? {}
      const { mode = 'refused', isLasting = false } = fault ?? {}
      const inner = createFaultPlan(fault === undefined ? UNDISTURBED : nth, mode, isLasting)
      const plan = meanwhile === undefined ? inner : interrupted(inner, nth, meanwhile)
      let isKilled = false
      void plan.killed.then(() => (isKilled = true))
      const pass = underLease(flow, plan, async (delivery) => {
        const { failure } = await delivery.takeIn()
        if (failure !== undefined) parts.log.error('the taking in ended early', { code: failure.code })
        await delivery.place()
        await delivery.confirm()
      })
      await Promise.race([pass, plan.killed])
      if (!isKilled) return
      graves.push({ plan, pass: pass.then(() => undefined), connection: life.connection })
      await server.hangUp(life.sessions)
      life = bear()
      // The next process of this machine sees that the owner is dead.
      const lease = `flow ${flow}`
      const owner = await ledger.leaseOwner(lease)
      if (owner !== undefined) await ledger.releaseLease(lease, owner)
    },
    async look(flow) {
      await life.looks.get(flow)?.look()
    },
    act: (flow, work) => underLease(flow, createFaultPlan(UNDISTURBED, 'refused', false), work),
    async close() {
      for (const { plan } of graves) plan.bury()
      await Promise.allSettled(graves.map(({ pass }) => pass))
      for (const { connection } of [...graves, life]) await connection.close()
    },
  }
}

/** Does something before the n-th call of a plan. */
function interrupted(plan: FaultPlan, nth: number, meanwhile: () => Promise<void>): FaultPlan {
  let calls = 0
  let pause: Promise<void> | undefined
  return {
    ...plan,
    async call(name, work, errors) {
      calls += 1
      // Calls behind it wait too, and keep their order: in a real process nothing comes between them either.
      if (calls === nth) pause = meanwhile()
      await pause
      return plan.call(name, work, errors)
    },
  }
}

/** The disk is full for as many calls as are left of it. */
async function onDisk<T>({ fullDisk }: SimParts, work: () => Promise<T>): Promise<T> {
  if (fullDisk.calls <= 0) return work()
  fullDisk.calls -= 1
  throw new GatewayError('DISK_FULL', { path: 'simulated' })
}

function withFullDisk(ledger: Ledger, parts: SimParts): Ledger {
  return { ...ledger, write: (work) => onDisk(parts, () => ledger.write(work)) }
}

/** The real store, read in one go: which of two reads the system answers first would differ from run to run. */
function steadyContents(parts: SimParts): ContentStore {
  const { contents } = parts
  return {
    ...contents,
    draft: () => onDisk(parts, () => contents.draft()),
    put: (bytes) => onDisk(parts, () => contents.put(bytes)),
    async *read(sha256) {
      yield readFileSync(contents.pathOf(sha256))
    },
  }
}
