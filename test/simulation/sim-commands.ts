import * as fc from 'fast-check'
import type { FaultMode } from '../support/fault-plan.ts'
import type { Mood } from './sim-server.ts'
import { type DropKind, type FlowName, FLOWS, type SimWorld } from './sim-world.ts'

/** What the model of fast-check remembers: nothing; the evidence is the world itself. */
export type SimModel = Record<string, never>
export type SimCommand = fc.AsyncCommand<SimModel, SimWorld>

/** A command that does something and then looks whether what must always hold still does. */
function command(title: string, work: (world: SimWorld) => Promise<void> | void): SimCommand {
  return {
    check: () => true,
    async run(_model, world) {
      await work(world)
      const breaches = await world.checkNow()
      if (breaches.length > 0) throw new Error(breaches.join('\n'))
    },
    toString: () => title,
  }
}

const flow = fc.constantFrom<FlowName>(...FLOWS)
const gateway = fc.constantFrom<0 | 1>(0, 1)
const archive = fc.constantFrom<0 | 1>(0, 1)
const kind = fc.constantFrom<DropKind>('good', 'good', 'good', 'broken', 'archive', 'header only')
const mode = fc.constantFrom<FaultMode>(
  'refused',
  'answer lost',
  'half done',
  'killed before',
  'killed after',
  'killed after',
)
/** The first calls of a pass take responsibility for a file; most of the others move it. */
const nth = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 32 }))

const drops = fc
  .record({ flow, kind, rows: fc.integer({ min: 1, max: 5 }) })
  .map(({ flow, kind, rows }) => command(`drop ${kind} ${flow} ${rows}`, (world) => world.drop(flow, kind, rows)))

const again = fc.nat(9).map((which) => command(`drop again ${which}`, (world) => world.dropAgain(which)))

const ticks = fc
  .constantFrom(1000, 5000, 60_000, 10 * 60_000)
  .map((ms) => command(`tick ${ms}`, (world) => world.advance(ms)))

const jumps = fc
  .integer({ min: -48, max: 48 })
  .map((hours) => command(`clock jumps ${hours} h`, (world) => world.advance(hours * 3_600_000)))

const passes = fc
  .record({ gateway, flow })
  .map(({ gateway, flow }) => command(`pass ${gateway} ${flow}`, (world) => world.pass(gateway, flow)))

const faultyPasses = fc
  .record({ gateway, flow, nth, mode, isLasting: fc.boolean() })
  .map(({ gateway, flow, nth, mode, isLasting }) =>
    command(`pass ${gateway} ${flow} with call ${nth} ${mode}${isLasting ? ' for good' : ''}`, (world) =>
      world.pass(gateway, flow, { nth, fault: { mode, isLasting } }),
    ),
  )

const receives = fc
  .record({ what: fc.constantFrom<'all' | 'one'>('all', 'one'), archive })
  .map(({ what, archive }) => command(`receive ${what} ${archive}`, (world) => world.server.receive(what, archive)))

const removals = fc.nat(5).map((which) => command(`take unseen ${which}`, (world) => world.server.takeUnseen(which)))

const moods = fc
  .record({
    mood: fc.constantFrom<Mood>('refusing', 'silent', 'losing', 'vanishing'),
    calls: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ mood, calls }) => command(`server ${mood} ${calls}`, (world) => world.server.setMood(mood, calls)))

const fullDisks = fc
  .integer({ min: 1, max: 12 })
  .map((calls) => command(`disk full ${calls}`, (world) => world.fillDisk(calls)))

const decisions = fc
  .record({ which: fc.nat(3), decision: fc.constantFrom<'release' | 'drop'>('release', 'drop') })
  .map(({ which, decision }) => command(`${decision} ${which}`, (world) => world.operator.decide(which, decision)))

/** A person has something sent again, whatever became of it, newer files or not; also one part of it only. */
const resends = fc
  .record({ which: fc.nat(9), isEvenIfNewer: fc.boolean(), part: fc.option(fc.nat(2), { nil: undefined }) })
  .map(({ which, part, ...choice }) =>
    command(
      `resend ${which}${part === undefined ? '' : ` part ${part}`}${choice.isEvenIfNewer ? ' even if newer' : ''}`,
      (world) => world.operator.resend(which, { ...choice, ...(part === undefined ? {} : { part }) }),
    ),
  )

const forcedSends = fc
  .record({ which: fc.nat(9), flow })
  .map(({ which, flow }) => command(`send --force ${which} ${flow}`, (world) => world.operator.sendForced(which, flow)))

/** In the middle of a pass somebody else does something: the other gateway, the receiver, a person, the clock. */
const meetings = fc
  .record({
    gateway,
    flow,
    nth,
    other: fc.oneof(
      { weight: 3, arbitrary: fc.record({ flow }).map(({ flow }) => ({ title: `pass of ${flow}`, flow })) },
      { weight: 3, arbitrary: receivesMeanwhile() },
      { weight: 1, arbitrary: fc.nat(9).map((which) => ({ title: `resend ${which}`, resend: which })) },
      { weight: 1, arbitrary: fc.constant({ title: 'clock back', hours: -30 }) },
      { weight: 1, arbitrary: fc.constant({ title: 'clock on', hours: 30 }) },
    ),
  })
  .map(({ gateway, flow, nth, other }) =>
    command(`pass ${gateway} ${flow}, before call ${nth} ${other.title}`, (world) =>
      world.pass(gateway, flow, { nth, meanwhile: () => meet(world, gateway, other) }),
    ),
  )

/** What the world is to do in the middle of a pass. */
interface Meeting {
  readonly title: string
  readonly flow?: FlowName
  readonly archive?: 0 | 1
  readonly hours?: number
  readonly resend?: number
}

function receivesMeanwhile(): fc.Arbitrary<Meeting> {
  return archive.map((which) => ({ title: `receive all ${which}`, archive: which }))
}

async function meet(world: SimWorld, gateway: 0 | 1, { flow, archive, hours, resend }: Meeting): Promise<void> {
  if (flow !== undefined) await world.pass(gateway === 0 ? 1 : 0, flow)
  if (archive !== undefined) world.server.receive('all', archive)
  if (resend !== undefined) await world.operator.resend(resend, { isEvenIfNewer: true })
  if (hours !== undefined) world.advance(hours * 3_600_000)
}

/** Every command, those that bring something forward more often than those that spoil it. */
export const SIM_COMMANDS: fc.Arbitrary<SimCommand>[] = [
  drops,
  drops,
  passes,
  passes,
  passes,
  faultyPasses,
  faultyPasses,
  meetings,
  meetings,
  receives,
  receives,
  ticks,
  again,
  jumps,
  removals,
  moods,
  fullDisks,
  decisions,
  resends,
  forcedSends,
]
