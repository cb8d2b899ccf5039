import { dirname, resolve } from 'node:path'
import { findConfig, type LintedFile, type LintInput, type LintRunRequest } from '../../app/index.ts'
import { GatewayError } from '../../base/index.ts'
import { KEY_MEMORY_BYTES, loadReports } from '../../lint/index.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { createProgress, type Progress } from '../progress.ts'
import { type LintBaseline, openBaseline } from './lint-baseline.ts'
import { exitOf, type LintCall, reporterFor, requestFor, tellFailed, worse } from './lint-call.ts'
import { createFileSink, createOutputSink, type ReportSink } from './lint-sink.ts'

/** Lints files and reports. */
export async function lintInputs(call: LintCall, inputs: readonly LintInput[]): Promise<ExitCode> {
  const { io, words } = call
  if (words.format === 'csv' && inputs.length > 1)
    throw new GatewayError('USAGE', {
      reason: '--format csv shows the rows of one file; name one',
      files: inputs.length,
    })
  const baseline = await openBaseline(call, await configFolder(call))
  const sink =
    words.output === undefined ? createOutputSink(io) : await createFileSink(resolve(io.folder, words.output))
  try {
    const exit = await lintToSink(call, inputs, { sink, baseline })
    await sink.close()
    await baseline?.end()
    return exit
  } catch (error) {
    await sink.abandon()
    throw error
  }
}

async function lintToSink(
  call: LintCall,
  inputs: readonly LintInput[],
  { sink, baseline }: { readonly sink: ReportSink; readonly baseline: LintBaseline | undefined },
): Promise<ExitCode> {
  const { io, words, config, desk } = call
  const reporter = await reporterFor(call, sink)
  const unused = desk.collectUnusedIgnores(config.lint)
  const rows = words.format === 'csv' ? (await loadReports()).createRowReport((text) => sink.write(text)) : undefined
  const bars = new Map<LintInput, Progress>()
  const request: LintRunRequest = {
    ...requestFor(call, inputs),
    optionsFor: (identified) => ({
      hasExcerpts: true,
      ...(baseline ? { isAccepted: baseline.acceptFor(identified) } : {}),
      ...(rows ? { onRecord: (view, findings) => rows.take(view, findings) } : {}),
    }),
    async onProgress(input, bytes, totalBytes) {
      const bar = bars.get(input) ?? createProgress(io, input.shownPath)
      bars.set(input, bar)
      await bar.update(bytes, totalBytes)
      await sink.drain()
    },
  }
  let exit: ExitCode = Exit.done
  try {
    for await (const outcome of desk.lintRun(request)) {
      for (const bar of bars.values()) bar.stop()
      if ('error' in outcome) exit = worse(exit, tellFailed(io, outcome))
      else {
        reporter.file(outcome)
        tellScratch(io, outcome)
        unused.add(outcome.subject.object, outcome.report.unusedIgnores)
        exit = worse(exit, exitOf(outcome, words))
      }
    }
  } finally {
    for (const bar of bars.values()) bar.stop()
  }
  await reporter.end()
  for (const place of unused.list()) io.err(`info: ${place} left nothing out; take it out of the configuration`)
  return exit
}

/** Nothing is wrong then, but a disk was used that nobody may have thought of. */
function tellScratch(io: Io, { subject, report: { scratchBytes = 0 } }: LintedFile): void {
  if (scratchBytes === 0) return
  const memory = `${KEY_MEMORY_BYTES / 1024 ** 2} MiB of memory for keys were used up`
  const disk = `${Math.ceil(scratchBytes / 1024 ** 2)} MiB went to a scratch file, which is gone again`
  io.err(`info: ${subject.path}: the ${memory}; ${disk}`)
}

/** Paths of a configuration start in its folder. */
async function configFolder({ io, words }: LintCall): Promise<string> {
  const path = words.config ?? findConfig(io.folder)
  return path === undefined ? io.folder : dirname(resolve(io.folder, path))
}
