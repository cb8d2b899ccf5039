import { FILE_ENDS, PART_ENDS } from '../../src/ledger/end-states.ts'
import type { FileRecord, FileState, PartRecord } from '../../src/ledger/index.ts'

/** A file that somebody gave to the gateway. */
export interface DroppedInput {
  readonly name: string
  readonly sha256: string
  /** What tells its rows from all others; empty where none of them may be sent. */
  readonly keys: readonly string[]
}

/** What lay at the receiver under a name that it processes. */
export interface Sighting {
  readonly path: string
  readonly sha256: string
  readonly keys: readonly string[]
}

/** All that is known of a gateway, of what it was given and of its receiver, once nothing moves any more. */
export interface Evidence {
  readonly inputs: readonly DroppedInput[]
  /** Files and parts of imports, in the order of the ledger. */
  readonly files: readonly FileRecord[]
  readonly parts: readonly PartRecord[]
  /** What the receiver took, each time that it took it, in that order. */
  readonly arrivals: readonly Sighting[]
  /** Every content that was ever seen under a path, in the order in which they were seen first. */
  readonly sightings: readonly Sighting[]
  /** How often a person had a part sent again, by its name: so many more may have arrived, and later ones before it. */
  readonly releasedParts: ReadonlyMap<string, number>
  /** How many times more than once a person had a row sent, by its key; of every other row one arrival is one too many. */
  readonly keysOnPurpose: ReadonlyMap<string, number>
  /** Keys of rows that a person may have kept from being sent. */
  readonly keysLeftOut: ReadonlySet<string>
  /** Paths under names of passage that are older than any clean-up. */
  readonly leftovers: readonly string[]
  /** Logs, reports and errors. */
  readonly said: readonly string[]
  readonly secrets: readonly string[]
  readonly connections: { readonly most: number; readonly budget: number }
  /** Timers and sleepers that are still set. */
  readonly pendingTimers: number
  /** All that a run could change, before and after one with nothing new. */
  readonly rerun: { readonly before: string; readonly after: string }
}

/** One of the ten: the breaches that it finds, a sentence each. */
type Invariant = (evidence: Evidence) => readonly string[]

/** States in which a file may be found for ever: its end, or shown as waiting for the receiver or a person. */
function isVisibleEnd(file: FileRecord, parts: readonly PartRecord[]): boolean {
  if (FILE_ENDS[file.state] || file.state === 'held') return true
  const open = parts.filter(({ fileId, state }) => fileId === file.id && !PART_ENDS[state])
  const waits = new Set<string>(['placed', 'never-taken', 'vanished'])
  return file.state === 'placed' && open.length > 0 && open.every(({ state }) => waits.has(state))
}

/** I1: each accepted input has exactly one end state. */
const i1OneEnd: Invariant = ({ inputs, files, parts }) => {
  const own = files.filter(({ parentId }) => parentId === undefined)
  const contents = new Set([...inputs, ...own].map(({ sha256 }) => sha256))
  const count = (items: readonly { readonly sha256: string }[], sha256: string): number =>
    items.filter((item) => item.sha256 === sha256).length
  return [
    ...[...contents].flatMap((sha256) => {
      const [dropped, recorded] = [count(inputs, sha256), count(own, sha256)]
      const name = [...inputs, ...own].find((item) => item.sha256 === sha256)?.name
      return dropped === recorded ? [] : [`${name} was dropped ${dropped} times and is recorded ${recorded} times`]
    }),
    ...files
      .filter((file) => !isVisibleEnd(file, parts))
      .map(({ name, state, id }) => `${name} (${id}) is left as ${state}`),
  ]
}

/** I2: what the receiver has is what the ledger has as confirmed, byte for byte, and nothing of it twice. */
const i2SameAtReceiver: Invariant = ({ parts, arrivals, releasedParts, keysOnPurpose }) => {
  const byPath = new Map(parts.map((part) => [part.remotePath, part]))
  const breaches = arrivals.flatMap(({ path, sha256 }) => {
    const part = byPath.get(path)
    if (part === undefined) return [`the receiver took ${path}, which the ledger does not know`]
    return part.sha256 === sha256 ? [] : [`${path} arrived with other bytes than were prepared`]
  })
  for (const part of parts) {
    const times = arrivals.filter(({ path }) => path === part.remotePath).length
    const most = 1 + (releasedParts.get(part.name) ?? 0)
    if (times > most) breaches.push(`${part.name} arrived ${times} times`)
    if (part.state === 'taken' && times === 0) breaches.push(`${part.name} is taken and never arrived`)
  }
  const times = new Map<string, number>()
  for (const key of arrivals.flatMap(({ keys }) => keys)) times.set(key, (times.get(key) ?? 0) + 1)
  for (const [key, count] of times) {
    const most = 1 + (keysOnPurpose.get(key) ?? 0)
    if (count > most) breaches.push(`row ${key} arrived ${count} times, ${most} were meant`)
  }
  return breaches
}

/** I3: no name was ever written twice with different bytes. */
const i3OneContentPerName: Invariant = ({ sightings }) => {
  const known = new Map<string, string>()
  return sightings.flatMap(({ path, sha256 }) => {
    const earlier = known.get(path) ?? sha256
    known.set(path, earlier)
    return earlier === sha256 ? [] : [`${path} was seen with two contents`]
  })
}

/** I4: nothing with a temporary name is older than the clean-up age. */
const i4NoLeftovers: Invariant = ({ leftovers }) => leftovers.map((path) => `${path} was left over`)

/** I5: placed order equals ledger order, for each flow and remote folder. */
const i5LedgerOrder: Invariant = ({ files, parts, sightings, releasedParts }) => {
  const flows = new Map(files.map(({ id, flow }) => [id, flow]))
  const ranks = new Map(parts.map((part, rank) => [part.remotePath, { part, rank }]))
  const last = new Map<string, { rank: number; name: string }>()
  return sightings.flatMap(({ path }) => {
    const { part, rank } = ranks.get(path) ?? {}
    if (part === undefined || rank === undefined || releasedParts.has(part.name)) return []
    const lane = `${flows.get(part.fileId)} ${path.slice(0, path.lastIndexOf('/'))}`
    const before = last.get(lane)
    if (before === undefined || before.rank <= rank) last.set(lane, { rank, name: part.name })
    return before !== undefined && before.rank > rank ? [`${part.name} was placed after ${before.name}`] : []
  })
}

const SENT: ReadonlySet<FileState> = new Set<FileState>(['prepared', 'placed', 'taken'])

const isResend = ({ origin }: FileRecord): boolean => origin.startsWith('resend of ')

/** I6: every row of every input is in exactly one of: sent, waiting, rejected. */
const i6EveryRowOnce: Invariant = ({ inputs, files, parts, arrivals, keysLeftOut }) => {
  const breaches: string[] = []
  for (const file of files) {
    const own = parts.filter(({ fileId }) => fileId === file.id)
    if (SENT.has(file.state) && own.length === 0) breaches.push(`${file.name} is ${file.state} and has no parts`)
    // Of a file some parts may be sent again, not all.
    const first = isResend(file) ? (own[0]?.firstRow ?? 1) : 1
    let next = first
    for (const { name, firstRow, lastRow, rows } of own) {
      if (firstRow !== next || lastRow - firstRow + 1 !== rows) breaches.push(`${name} begins at row ${firstRow}`)
      next = lastRow + 1
    }
    if (own.length > 0 && next - first !== file.rows) breaches.push(`parts of ${file.name} hold ${next - first} rows`)
  }
  const arrived = new Set(arrivals.flatMap(({ keys }) => keys))
  const allowed = new Set(inputs.flatMap(({ keys }) => keys))
  for (const key of arrived) if (!allowed.has(key)) breaches.push(`row ${key} arrived and was of no good file`)
  // Where all parts are taken nothing may be missing.
  if (parts.every(({ state }) => state === 'taken') && files.every(({ state }) => state !== 'held')) {
    for (const key of allowed) if (!arrived.has(key) && !keysLeftOut.has(key)) breaches.push(`row ${key} never arrived`)
  }
  return breaches
}

/** I7: no secret appears in any log, report or error. */
const i7NoSecret: Invariant = ({ said, secrets }) =>
  secrets.flatMap((secret, index) =>
    said.some((text) => text.includes(secret)) ? [`secret ${index + 1} was told`] : [],
  )

/** I8: no more than the budgeted connections were open at any time. */
const i8WithinBudget: Invariant = ({ connections: { most, budget } }) =>
  most > budget ? [`${most} connections were open, of ${budget}`] : []

/** I9: every timer fired or was cancelled. */
const i9NoTimer: Invariant = ({ pendingTimers }) => (pendingTimers > 0 ? [`${pendingTimers} timers are still set`] : [])

/** I10: a second run with no new input changes nothing. */
const i10Rerun: Invariant = ({ rerun: { before, after } }) =>
  before === after ? [] : [`a run with nothing new changed something:\n${before}\n${after}`]

/** The ten invariants of the promise, by number. */
export const INVARIANTS = {
  I1: i1OneEnd,
  I2: i2SameAtReceiver,
  I3: i3OneContentPerName,
  I4: i4NoLeftovers,
  I5: i5LedgerOrder,
  I6: i6EveryRowOnce,
  I7: i7NoSecret,
  I8: i8WithinBudget,
  I9: i9NoTimer,
  I10: i10Rerun,
} as const satisfies Readonly<Record<string, Invariant>>

/** Name of an invariant. */
export type InvariantName = keyof typeof INVARIANTS

/** What of the promise is broken, each sentence after the number of the invariant. Empty where all ten hold. */
export function brokenPromises(evidence: Evidence): readonly string[] {
  return Object.entries(INVARIANTS).flatMap(([number, find]) => find(evidence).map((breach) => `${number}: ${breach}`))
}
