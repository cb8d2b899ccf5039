import { resolve } from 'node:path'
import type {
  FixedFiles,
  FixRequest,
  FixTarget,
  IdentifiedSchema,
  LintedFile,
  LintInput,
  LintRunRequest,
} from '../../app/index.ts'
import { GatewayError, systemClock } from '../../base/index.ts'
import { Exit, type ExitCode } from '../io.ts'
import { counted } from '../words.ts'
import { exitOf, type LintCall, reporterFor, requestFor, tellFailed, worse } from './lint-call.ts'
import { createOutputSink, type ReportSink } from './lint-sink.ts'

/**
 * Mends files, lints what was written and reports on that; or shows what mending would change.
 *
 * The report goes to standard output, since `--output` names the mended file.
 */
export async function fixInputs(call: LintCall, inputs: readonly LintInput[]): Promise<ExitCode> {
  const { words, desk } = call
  if (words.output !== undefined && inputs.length > 1)
    throw new GatewayError('USAGE', { reason: '--output names one file; mend one at a time', files: inputs.length })
  const [first] = inputs
  if (!first?.isOnce || inputs.length > 1) {
    if (inputs.some(({ isOnce }) => isOnce))
      throw new GatewayError('USAGE', { path: '-', reason: 'standard input is mended alone' })
    return fixAll(call, inputs)
  }
  const spooled = await desk.spooledInput(first)
  try {
    return await fixAll(call, [spooled.input])
  } finally {
    await spooled.remove()
  }
}

async function fixAll(call: LintCall, inputs: readonly LintInput[]): Promise<ExitCode> {
  const { io, words, desk } = call
  const sink = createOutputSink(io)
  const reporter = await reporterFor(call, sink)
  let exit: ExitCode = Exit.done
  for await (const outcome of desk.identifyRun(requestFor(call, inputs))) {
    if ('error' in outcome) exit = worse(exit, tellFailed(io, outcome))
    else if (words.diff) exit = worse(exit, await showDiff(call, outcome, sink))
    else {
      for await (const linted of fixOne(call, outcome)) {
        reporter.file(linted)
        exit = worse(exit, exitOf(linted, words))
      }
    }
  }
  if (!words.diff) await reporter.end()
  await sink.close()
  return exit
}

async function showDiff(call: LintCall, linted: IdentifiedSchema, sink: ReportSink): Promise<ExitCode> {
  const { io, words, desk } = call
  const { isChanged, conversions, refused, applied } = await desk.diffFile(fixRequest(call, linted), (text) =>
    sink.write(text),
  )
  const path = linted.input.shownPath
  for (const title of conversions) io.err(`${path}: ${title}; what follows is shown against that`)
  if (refused !== undefined) io.err(`${path}: cannot be mended: ${refused}`)
  else io.err(isChanged ? `${path}: would be mended: ${listOf(applied)}` : `${path}: nothing to mend`)
  return isChanged && !words.exitZero ? Exit.findings : Exit.done
}

/** @returns What was written, linted, or the file itself where nothing was. */
async function* fixOne(call: LintCall, linted: IdentifiedSchema): AsyncGenerator<LintedFile> {
  const { io, desk } = call
  const { input } = linted
  const target = targetOf(call, input)
  const fixed = await desk.fixFile(fixRequest(call, linted), target)
  tellFixed(call, input.shownPath, fixed)
  const { object, direction } = linted.schema
  const request: LintRunRequest = {
    ...requestFor(call, []),
    object,
    direction,
    optionsFor: () => ({ hasExcerpts: true }),
  }
  if (fixed.paths.length === 0) {
    yield* lintAgain(call, [input], request)
    return
  }
  const written: LintInput[] = []
  for (const path of fixed.paths) {
    const shownPath =
      target.kind === 'in-place' && fixed.paths.length === 1 ? input.shownPath : shownFrom(io.folder, path)
    const [found] = await desk.findInputs([path], { folder: io.folder, standardInput: io.input })
    if (!found) continue
    // Judged by the name that it was made of: nobody sends a file that is called fixed.
    const { fileName: _ours, ...rest } = found
    written.push({ ...rest, shownPath, ...(input.fileName === undefined ? {} : { fileName: input.fileName }) })
  }
  yield* lintAgain(call, written, request)
}

async function* lintAgain(
  { io, desk }: LintCall,
  inputs: readonly LintInput[],
  request: LintRunRequest,
): AsyncGenerator<LintedFile> {
  for await (const outcome of desk.lintRun({ ...request, inputs })) {
    if ('error' in outcome) tellFailed(io, outcome)
    else yield outcome
  }
}

function fixRequest({ words, config, memory }: LintCall, linted: IdentifiedSchema): FixRequest {
  const { select, ignore } = words
  return {
    linted,
    config,
    clock: systemClock,
    allowsUnsafe: words.unsafeFixes === true,
    ...(memory === undefined ? {} : { recall: memory.recall }),
    ...(select === undefined ? {} : { select }),
    ...(ignore === undefined ? {} : { ignore }),
  }
}

function targetOf({ io, words, desk }: LintCall, { diskPath, copyPath, shownPath }: LintInput): FixTarget {
  if (words.inPlace) {
    if (diskPath === undefined)
      throw new GatewayError('USAGE', { path: shownPath, reason: 'it has no place of its own' })
    return { kind: 'in-place', path: diskPath }
  }
  if (words.output !== undefined) return { kind: 'new', path: resolve(io.folder, words.output) }
  if (copyPath === undefined)
    throw new GatewayError('USAGE', { path: shownPath, reason: 'name the mended file with --output' })
  return { kind: 'new', path: desk.fixedName(copyPath) }
}

function tellFixed({ io }: LintCall, path: string, { paths, backup, refused, applied, conversions }: FixedFiles): void {
  if (refused !== undefined) {
    io.err(`${path}: cannot be mended: ${refused}`)
    return
  }
  if (paths.length === 0) {
    io.err(`${path}: nothing to mend`)
    return
  }
  const written = paths.map((each) => shownFrom(io.folder, each)).join(', ')
  const kept = backup === undefined ? '' : `; the old file is kept as ${shownFrom(io.folder, backup)}`
  io.err(`${path}: ${listOf(applied)}; written to ${written}${kept}`)
  for (const title of conversions) io.err(`${path}: ${title}`)
}

/** `3 places mended (C601 2, F102)`. */
function listOf(applied: Readonly<Record<string, number>>): string {
  const entries = Object.entries(applied)
  const count = entries.reduce((sum, [, places]) => sum + places, 0)
  const codes = entries.map(([code, places]) => (places === 1 ? code : `${code} ${places}`))
  return `${counted(count, 'place')} mended (${codes.join(', ')})`
}

/** A path below the folder without it, any other in full. */
function shownFrom(folder: string, path: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
