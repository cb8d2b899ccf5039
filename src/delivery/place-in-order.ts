import { retrySafely } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import { changeParts, type PartStep, readPart } from './change-part.ts'
import { explainFailure } from './explain-failure.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { stagingOf } from './staging.ts'
import { createUpload, type Ending, type Upload } from './upload.ts'

/**
 * House: uploads under way at one time, beside those that get their names. Twice what one session writes side by side, so
 * that while names are given one after the other the next bytes are already on their way.
 */
const MOST_AT_ONCE = 64

/** Parts of one remote folder that are to be placed. */
export interface PlacingLine {
  /** In the states `prepared` or `placing`, in load order. */
  readonly waiting: readonly PartRecord[]
  /** Told each part that is placed, taken or held, in the order of the line. */
  readonly onSettled: (part: PartRecord) => void
}

/** A part whose upload is under way, or written down to be. */
interface Lane {
  readonly part: PartRecord
  readonly upload: Upload
}

/** The line as it stands. */
interface State {
  /** Not begun. */
  readonly queue: PartRecord[]
  /** Under way, in the order of the line. */
  readonly lanes: Lane[]
  /** Have their names on the server, which the ledger does not know yet. */
  named: PartStep[]
}

/**
 * Places parts. Their bytes travel side by side; their names are given one after the other, in the order of the line,
 * each only after the one before was answered for. Every step is written down before it is taken; steps that can be
 * taken together are one commit.
 *
 * The line ends with the first part that is not placed: those behind it are prepared again, and no name of theirs was
 * touched.
 *
 * @throws {GatewayError} Any error of `transfer`, `contents` or the ledger.
 */
export async function placeInOrder(tools: DeliveryTools, flow: ImportFlow, line: PlacingLine): Promise<void> {
  const state: State = { queue: [...line.waiting], lanes: [], named: [] }
  const isStopped = (): boolean => tools.signal?.aborted ?? false
  let failed: Failed | undefined
  try {
    while (!isStopped() && failed === undefined) {
      await firstSettled(state.lanes, tools.signal)
      if (isStopped()) break
      const staged = stagedInFront(state.lanes)
      failed = staged === 0 ? await failedInFront(state.lanes) : undefined
      if (failed !== undefined || !(await advance(tools, flow, line, { state, staged }))) break
      failed = await giveNames(tools, state, { count: staged, isStopped })
      if (failed === undefined && !isStopped()) for (const { upload } of state.lanes) upload.begin()
    }
  } finally {
    await windUp(tools, line, state)
  }
  if (failed !== undefined) line.onSettled(await explainFailure(tools, flow, failed.part, failed.error))
}

/** The part that ended the line. */
interface Failed {
  readonly part: PartRecord
  readonly error: unknown
}

/** Number of lanes at the front that are staged, one behind the other without a gap. */
function stagedInFront(lanes: readonly Lane[]): number {
  const gap = lanes.findIndex(({ upload }) => !upload.isStaged())
  return gap < 0 ? lanes.length : gap
}

/** The first upload, which has ended and is not staged; it is under way no more. */
async function failedInFront(lanes: Lane[]): Promise<Failed | undefined> {
  const [lane] = lanes
  if (lane === undefined) return undefined
  const [outcome] = await Promise.allSettled([lane.upload.giveName()])
  if (outcome.status !== 'rejected') return undefined
  lanes.shift()
  return { part: lane.part, error: outcome.reason }
}

/**
 * Writes down what was done and what is done next: names for the first lanes, and further uploads.
 *
 * @returns `false`: nothing is left to do.
 */
async function advance(
  tools: DeliveryTools,
  flow: ImportFlow,
  { onSettled }: PlacingLine,
  { state, staged }: { readonly state: State; readonly staged: number },
): Promise<boolean> {
  const { queue, lanes, named } = state
  const begun = queue.splice(0, MOST_AT_ONCE - (lanes.length - staged))
  const steps = [...named, ...lanes.slice(0, staged).map(renaming), ...begun.map(placing)]
  if (steps.length === 0) return false
  const stagings = await Promise.all(begun.map((part) => stagingOf(tools.ledger, flow, part)))
  const recorded = await changeParts(tools, steps)
  recorded.slice(0, named.length).forEach(onSettled)
  recorded.slice(named.length, named.length + staged).forEach((part, index) => {
    const lane = lanes[index]
    if (lane !== undefined) lanes[index] = { ...lane, part }
  })
  state.named = []
  stagings.forEach((staging, index) => {
    const part = recorded[named.length + staged + index]
    if (part !== undefined) lanes.push({ part, upload: createUpload(tools, part, staging) })
  })
  return true
}

/**
 * Lets the first lanes have their names, one after the other, and begins one upload behind each: so the server has work
 * while an answer travels, and a rename waits behind the bytes of few others.
 *
 * @returns The one that did not get its name.
 */
async function giveNames(
  tools: DeliveryTools,
  { lanes, named }: State,
  { count, isStopped }: { readonly count: number; readonly isStopped: () => boolean },
): Promise<Failed | undefined> {
  const notBegun = lanes.slice(count).values()
  for (const { part, upload } of lanes.slice(0, count)) {
    if (isStopped()) return undefined
    const naming = upload.giveName()
    notBegun.next().value?.upload.begin()
    const [outcome] = await Promise.allSettled([naming])
    lanes.shift()
    if (outcome.status === 'rejected') return { part, error: outcome.reason }
    const { path, sizeBytes } = outcome.value
    const evidence = `seen at ${path}, ${sizeBytes} bytes`
    named.push({ part, change: { state: 'placed', evidence, placedAt: tools.clock.now() } })
  }
  return undefined
}

/** Writes down what is certain, names that were given and names that were not, and stops what is under way. */
async function windUp(tools: DeliveryTools, { onSettled }: PlacingLine, { lanes, named }: State): Promise<void> {
  const stopped = lanes.splice(0)
  let ending: Ending = 'leave'
  try {
    // A ledger that is busy now must not turn what is certain into something that a person has to look at.
    const { clock, log, retry } = tools
    const placed = await retrySafely(() => recordEnd(tools, named, stopped), {
      clock,
      log,
      ...(retry === undefined ? {} : { policy: retry }),
    })
    placed.forEach(onSettled)
    ending = 'remove'
  } finally {
    // Only now: until they are recorded as prepared, what lies staged proves that the parts were not renamed.
    await Promise.all(stopped.map(({ upload }) => upload.stop(ending)))
  }
}

/** @returns The parts that have their names. */
async function recordEnd(
  tools: DeliveryTools,
  named: readonly PartStep[],
  stopped: readonly Lane[],
): Promise<readonly PartRecord[]> {
  const placed: PartStep[] = []
  for (const step of named) {
    const part = await readPart(tools.ledger, step.part)
    if (isStillAt(part, step.part) && part.state === 'renaming') placed.push({ ...step, part })
  }
  const back: PartStep[] = []
  for (const lane of stopped) {
    const part = await readPart(tools.ledger, lane.part)
    if (isStillAt(part, lane.part)) back.push({ part, change: { state: 'prepared' }, facts: { error: 'STOPPED' } })
  }
  if (placed.length + back.length === 0) return []
  return (await changeParts(tools, [...placed, ...back])).slice(0, placed.length)
}

/**
 * Whether a part, read again, is at the step that was taken here. A commit may have happened although its answer was
 * lost; and after a standstill of this process another one may be at the part.
 */
function isStillAt(now: PartRecord, then: PartRecord): boolean {
  return now.attempts === then.attempts && (now.state === 'placing' || now.state === 'renaming')
}

/** Resolves when the first upload is staged or has failed, or when everything is to stop. */
async function firstSettled([lane]: readonly Lane[], signal: AbortSignal | undefined): Promise<void> {
  if (lane === undefined) return
  const stopped = Promise.withResolvers<void>()
  const stop = (): void => stopped.resolve()
  signal?.addEventListener('abort', stop)
  try {
    await Promise.race([lane.upload.settled, stopped.promise])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function placing(part: PartRecord): PartStep {
  const attempts = part.attempts + 1
  return { part, change: { state: 'placing', attempts }, facts: { attempt: attempts } }
}

function renaming({ part }: Lane): PartStep {
  return { part, change: { state: 'renaming' } }
}
