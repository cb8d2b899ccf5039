import { type Clock, GatewayError } from '../base/index.ts'
import { createRunNames, type LintOptions, type RunNames } from '../lint/index.ts'
import type { FileSchema } from '../schema/index.ts'
import { type InstanceConfig, schemaFor } from './config/schema-for.ts'
import { type LintedFile, lintIdentified } from './lint-file.ts'
import { type IdentifiedInput, identifyInput, type ObjectWish } from './lint-identify.ts'
import type { LintInput } from './lint-input.ts'
import type { Recall } from './lint-memory.ts'
import { inLoadOrder, refersTo } from './lint-order.ts'
import { type LintChoice, lintOptionsFor } from './lint-settings.ts'

/** What to lint and how. */
export interface LintRunRequest extends ObjectWish, LintChoice {
  readonly inputs: readonly LintInput[]
  readonly release?: string
  readonly maxFindings?: number
  readonly config: InstanceConfig
  readonly clock: Pick<Clock, 'now'>
  /** Fills the memory of what was taken before. */
  readonly recall?: Recall
  /** Further wishes for the linter of one file. */
  readonly optionsFor?: (input: IdentifiedInput) => LintOptions
  /** Called for each piece of a file, with the bytes read so far and in all, and waited for. */
  readonly onProgress?: (input: LintInput, bytes: number, totalBytes: number | undefined) => void | Promise<void>
}

/** A file that was not named itself and cannot be linted. */
export interface FailedInput {
  readonly input: LintInput
  readonly error: GatewayError
}

/**
 * Lints files one after the other, in the order in which Coupa can load them. What a folder, a pattern or an archive
 * holds besides does not end the run: it is handed over with its error.
 *
 * @throws {GatewayError} For files that were named: as `lintFile` does, before anything is linted where what they are
 *   cannot be told. `USAGE` a word fits no rule.
 */
export async function* lintRun(request: LintRunRequest): AsyncGenerator<LintedFile | FailedInput> {
  const identified: IdentifiedInput[] = []
  for (const input of request.inputs) {
    const found = await attempt(input, () => identifyInput(input, request))
    if ('error' in found) yield found
    else identified.push(found)
  }
  const ordered = inLoadOrder(identified)
  const names = await namesOfRun(ordered, request)
  for (const each of ordered) {
    const outcome = await attempt(each.input, () => lintOne(each, request, names))
    if (each.direction === 'import')
      names.endFile(each.object, 'error' in outcome || outcome.report.foreign !== undefined)
    yield outcome
  }
}

/**
 * The names of a run, with those of the files read ahead that one before them, or another file of their object, refers
 * to: such a file is read twice. What can be read once only is not, and nothing is said of its names then.
 */
async function namesOfRun(ordered: readonly IdentifiedInput[], request: LintRunRequest): Promise<RunNames> {
  const imports = ordered.filter(({ direction }) => direction === 'import')
  const objects = imports.map(({ object }) => object)
  const names = createRunNames(objects)
  const ahead = namedTooEarly(objects)
  for (const each of imports) {
    if (!ahead.has(each.object) || each.input.isOnce) continue
    const { config, clock, release } = request
    const read = await attempt(each.input, () =>
      lintIdentified(each, { config, clock, release, options: { select: [NAMES_RULE] }, names }),
    )
    names.endFile(each.object, 'error' in read || read.report.foreign !== undefined)
  }
  names.beginAgain(ahead)
  return names
}

/** Objects that a file before their last one, or another file of theirs, refers to. @param objects Of each file, in order. */
function namedTooEarly(objects: readonly string[]): ReadonlySet<string> {
  const [first, last] = [new Map<string, number>(), new Map<string, number>()]
  objects.forEach((object, place) => {
    if (!first.has(object)) first.set(object, place)
    last.set(object, place)
  })
  // By object and not by file: an archive may hold thousands of files.
  const isEarly = (other: string, object: string): boolean =>
    (first.get(other) ?? 0) < (last.get(object) ?? 0) && refersTo(other, object)
  return new Set([...last.keys()].filter((object) => [...first.keys()].some((other) => isEarly(other, object))))
}

/** The rule that leaves the names of a file behind. */
const NAMES_RULE = 'unknown-reference'

/** A file of which is known what it is, and by what it is judged. */
export interface IdentifiedSchema {
  readonly input: LintInput
  readonly schema: FileSchema
}

/** Tells what each file of a run is, in load order, and lints none. @throws {GatewayError} As {@link lintRun}. */
export async function* identifyRun(request: LintRunRequest): AsyncGenerator<IdentifiedSchema | FailedInput> {
  const { config, release } = request
  const identified: IdentifiedInput[] = []
  for (const input of request.inputs) {
    const found = await attempt(input, () => identifyInput(input, request))
    if ('error' in found) yield found
    else identified.push(found)
  }
  for (const { input, object, direction } of inLoadOrder(identified)) {
    yield { input, schema: schemaFor(config, object, direction, release) }
  }
}

function lintOne(identified: IdentifiedInput, request: LintRunRequest, names: RunNames): Promise<LintedFile> {
  const { config, clock, release, maxFindings, onProgress, recall } = request
  const options: LintOptions = {
    ...lintOptionsFor(config.lint, identified.object, request),
    ...(maxFindings === undefined ? {} : { maxFindings }),
    ...request.optionsFor?.(identified),
  }
  const { input } = identified
  const progress =
    onProgress && ((bytes: number, totalBytes: number | undefined) => onProgress(input, bytes, totalBytes))
  return lintIdentified(identified, { config, clock, release, options, names, recall, onProgress: progress })
}

async function attempt<Result>(input: LintInput, work: () => Promise<Result>): Promise<Result | FailedInput> {
  try {
    return await work()
  } catch (error) {
    if (input.isNamed || !(error instanceof GatewayError)) throw error
    return { input, error }
  }
}
