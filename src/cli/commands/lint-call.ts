import type {
  FailedInput,
  InstanceConfig,
  LintedFile,
  LintInput,
  LintMemory,
  loadLinting,
  LintRunRequest,
} from '../../app/index.ts'
import { ERROR_TABLE, systemClock } from '../../base/index.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { createRunReporter, type RunReporter } from './lint-report.ts'
import type { ReportSink } from './lint-sink.ts'
import { COLOURS } from './lint-style.ts'
import type { LintWords } from './lint-words.ts'

/** What a call of `flatgate lint` works with. */
export interface LintCall {
  readonly io: Io
  readonly words: LintWords
  readonly config: InstanceConfig
  readonly desk: Awaited<ReturnType<typeof loadLinting>>
  /** What Coupa took before, as the ledger of the configuration knows it. */
  readonly memory?: LintMemory
}

/** The request of a call for some files. */
export function requestFor({ words, config, memory }: LintCall, inputs: readonly LintInput[]): LintRunRequest {
  const { object, direction, release, select, ignore, maxFindings } = words
  return {
    inputs,
    maxFindings,
    config,
    clock: systemClock,
    ...(memory === undefined ? {} : { recall: memory.recall }),
    ...(object === undefined ? {} : { object }),
    ...(direction === undefined ? {} : { direction }),
    ...(release === undefined ? {} : { release }),
    ...(select === undefined ? {} : { select }),
    ...(ignore === undefined ? {} : { ignore }),
  }
}

/** A reporter in the form that a call asks for. */
export async function reporterFor({ io, words }: LintCall, sink: ReportSink): Promise<RunReporter> {
  return createRunReporter(sink, {
    format: words.format,
    style: io.isColoured && words.output === undefined ? COLOURS : undefined,
    hasStatistics: words.statistics === true,
    tell: (text) => io.err(text),
  })
}

/** 1 where a file has errors, unless the call wants 0. */
export function exitOf({ report }: Pick<LintedFile, 'report'>, words: LintWords): ExitCode {
  return report.counts.error > 0 && !words.exitZero ? Exit.findings : Exit.done
}

/** Says why a file that was found could not be linted. */
export function tellFailed(io: Io, { error }: FailedInput): ExitCode {
  io.err(`flatgate: ${error.message}`)
  io.err(`  → ${ERROR_TABLE[error.code].next}`)
  return ERROR_TABLE[error.code].exit
}

/** A file that could not be linted weighs more than one that has errors. */
export function worse(one: ExitCode, other: ExitCode): ExitCode {
  return one > other ? one : other
}
