/** Who moves something out of a state: the gateway, the receiver, a person, or nobody (an end). */
export type StateOwner = 'gateway' | 'receiver' | 'person' | 'nobody'

/** One way into a state. */
export interface Transition<S extends string> {
  readonly to: S
  /** Name of the step in the ledger; that of the state when absent. Two ways to one state may differ in it alone. */
  readonly step?: string
  /** What happens, in words. */
  readonly event: string
  /** What must be known before the step may be written down, in words. */
  readonly evidence: string
  /** Names of the fields or facts that the step must carry as that evidence. */
  readonly needs: readonly string[]
}

/** What is true of one state. */
export interface StateRow<S extends string> {
  readonly meaning: string
  readonly owner: StateOwner
  /** When somebody looks at it again, or is told how long it lasts; an end has none. */
  readonly timers: readonly string[]
  readonly next: readonly Transition<S>[]
}

/** The whole life of one kind of thing. What is not in it does not happen. */
export interface StateTable<S extends string> {
  /** Of what, in one word for messages. */
  readonly kind: string
  /** How it comes into being. */
  readonly births: readonly Transition<S>[]
  readonly states: Readonly<Record<S, StateRow<S>>>
}

/** A step that is about to be written down. */
export interface IntendedStep {
  readonly id: string
  /** Absent: it comes into being. */
  readonly from?: string
  readonly to: string
  readonly step: string
  /** Fields and facts that go with it. */
  readonly carries: object
}

/**
 * Refuses a step that the table does not have, or that does not carry the evidence its row demands.
 *
 * @throws {Error} A fault of the program: nothing may be written, and nobody may go on as if nothing had happened.
 */
export function checkTransition<S extends string>(table: StateTable<S>, intended: IntendedStep): void {
  const { id, from, to, step, carries } = intended
  const rows: Readonly<Record<string, StateRow<S>>> = table.states
  const ways = from === undefined ? table.births : (rows[from]?.next ?? [])
  const fitting = ways.filter((way) => way.to === to && (way.step ?? way.to) === step)
  const way = `${table.kind} ${id}: ${from ?? 'nothing'} → ${to} by step “${step}”`
  if (fitting.length === 0) throw new Error(`${way} is not in the table of states; nothing was written`)
  const given = new Set(Object.entries(carries).flatMap(([name, value]) => (isGiven(value) ? [name] : [])))
  if (fitting.some(({ needs }) => needs.every((name) => given.has(name)))) return
  const wanted = fitting.map(({ needs }) => needs.join(' and ')).join(', or ')
  throw new Error(`${way} lacks its evidence (${wanted}); nothing was written`)
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== ''
}
