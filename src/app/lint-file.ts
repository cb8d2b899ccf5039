import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { type Clock, createScratchFile } from '../base/index.ts'
import {
  addLateExcerpts,
  createLinter,
  createRunNames,
  type LintOptions,
  type LintReport,
  neededMemory,
  type ReportSubject,
  type RunNames,
} from '../lint/index.ts'
import type { FileSchema } from '../schema/index.ts'
import { type InstanceConfig, schemaFor } from './config/schema-for.ts'
import { type IdentifiedInput, identifyInput, type ObjectWish } from './lint-identify.ts'
import type { Recall } from './lint-memory.ts'
import { fileInput, type LintInput, standardInput } from './lint-input.ts'

/** What to lint and how. */
export interface LintRequest extends ObjectWish {
  /** Path of the file, or `-` for `standardInput`. */
  readonly path: string
  readonly standardInput: AsyncIterable<Uint8Array>
  /** Name that standard input is taken to have. */
  readonly inputName?: string
  readonly release?: string
  readonly maxFindings?: number
  readonly config: InstanceConfig
  readonly clock: Pick<Clock, 'now'>
}

/** What was linted, as what, and what was found. */
export interface LintedFile {
  readonly subject: ReportSubject
  readonly report: LintReport
  readonly input: LintInput
  readonly schema: FileSchema
}

/** How one file that is identified is linted. */
export interface InputLint {
  readonly config: InstanceConfig
  readonly release?: string | undefined
  readonly clock: Pick<Clock, 'now'>
  readonly options: LintOptions
  /** Names of the run that the file is one of; a run of its own when absent. */
  readonly names?: RunNames
  /** Fills the memory of what was taken before. */
  readonly recall?: Recall | undefined
  /** Called for each piece with the bytes read so far and in all, where known; waited for. */
  readonly onProgress?: ((bytes: number, totalBytes: number | undefined) => void | Promise<void>) | undefined
}

/**
 * Lints one file of any size in constant memory, by all rules as they are: what `lint` of the configuration chooses is for
 * those who look at reports, not for what is sent.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `SCHEMA_UNKNOWN`, `SCHEMA_AMBIGUOUS`,
 *   `SCHEMA_UNRECOGNISED`, `RELEASE_UNKNOWN`, `USAGE`
 */
export async function lintFile(request: LintRequest): Promise<LintedFile> {
  const { path, config, clock, release, maxFindings } = request
  const input =
    path === '-' ? standardInput(request.standardInput, request.inputName) : await fileInput(resolve(path), path, true)
  const identified = await identifyInput(input, request)
  const options = maxFindings === undefined ? {} : { maxFindings }
  return lintIdentified(identified, { config, clock, release, options })
}

/** Lints a file of which is known what it is. @throws {GatewayError} As {@link lintFile}. */
export async function lintIdentified(identified: IdentifiedInput, work: InputLint): Promise<LintedFile> {
  const { input, object, direction } = identified
  const scratch = createScratchFile(work.config.lint?.scratchFolder ?? tmpdir())
  try {
    const schema = schemaFor(work.config, object, direction, work.release)
    const names = work.names ?? (direction === 'import' ? createRunNames([object]) : undefined)
    const memory = await work.recall?.(await neededMemory(identified.head(), schema))
    const linter = createLinter(
      {
        schema,
        fileName: input.fileName,
        purpose: 'upload',
        today: work.clock.now(),
        ...(direction === 'import' && names ? { names } : {}),
        ...(input.archive === undefined ? {} : { archive: input.archive }),
        ...(memory === undefined ? {} : { memory }),
        ...(work.config.lint === undefined ? {} : { rateJumpPercent: work.config.lint.rateJumpPercent }),
        keyMemory: { scratch },
      },
      { ...work.options, sizeBytes: input.totalBytes },
    )
    let bytes = 0
    for await (const chunk of identified.open()) {
      linter.write(chunk)
      bytes += chunk.byteLength
      await work.onProgress?.(bytes, input.totalBytes)
    }
    const subject = { path: input.shownPath, object, direction, release: schema.release }
    const read = linter.end()
    const mayReadAgain = work.options.hasExcerpts === true && !input.isOnce
    const report = mayReadAgain ? await addLateExcerpts(read, () => identified.open()) : read
    return { subject, report, input, schema }
  } finally {
    scratch.close()
    await identified.close()
  }
}
