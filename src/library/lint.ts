import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { createScratchFile } from '../base/index.ts'
import { createRunNames, type LintReport, lintStream } from '../lint/index.ts'
import { type ObjectChoice, schemaOf } from './object-choice.ts'
import { withMemory } from './with-memory.ts'

/** What to lint as, and how. */
export interface LintFileOptions extends ObjectChoice {
  /** Codes, beginnings of codes or names of the rules to run; all when absent. */
  readonly select?: readonly string[]
  /** Rules to leave out. */
  readonly ignore?: readonly string[]
  /** Findings to list; counts stay whole. 1,000 when absent. */
  readonly maxFindings?: number
  /** Day that "in the future" is measured from; today when absent. */
  readonly today?: Date
  /** Path of a `flatgate.yaml`, whose ledger knows what Coupa took before: changed keys, lost zeros, rates that jump. */
  readonly memoryOf?: string
}

/**
 * Checks one file against the format of a Coupa object, as `flatgate lint` does, in constant memory.
 *
 * @param source Path of a file, or its bytes.
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `SCHEMA_UNKNOWN`, `RELEASE_UNKNOWN`, `USAGE` a rule that
 *   does not exist; `CONFIG_NOT_FOUND`, `CONFIG_INVALID` of `memoryOf`.
 *
 * @example
 * const report = await lint('users.csv', { object: 'users' })
 * report.counts.error // 0
 */
export async function lint(source: string | AsyncIterable<Uint8Array>, options: LintFileOptions): Promise<LintReport> {
  const { select, ignore, maxFindings = 1000, today = new Date() } = options
  const fileName = typeof source === 'string' ? basename(source) : undefined
  const schema = schemaOf(options)
  const scratch = createScratchFile(tmpdir())
  try {
    const [bytes, known] = await withMemory(source, schema, options.memoryOf)
    return await lintStream(
      bytes,
      {
        ...known,
        schema,
        fileName,
        purpose: 'upload',
        today,
        keyMemory: { scratch },
        ...(schema.direction === 'import' ? { names: createRunNames([schema.object]) } : {}),
      },
      {
        sizeBytes: await sizeOf(source),
        ...(select === undefined ? {} : { select }),
        ...(ignore === undefined ? {} : { ignore }),
        maxFindings,
      },
    )
  } finally {
    scratch.close()
  }
}

/** Bytes of a file; `undefined` where they come as a stream. What is wrong with a file is told by reading it. */
async function sizeOf(source: string | AsyncIterable<Uint8Array>): Promise<number | undefined> {
  return typeof source === 'string'
    ? stat(source).then(
        ({ size }) => size,
        () => undefined,
      )
    : undefined
}
