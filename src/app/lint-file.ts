import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { asGatewayError, type Clock, GatewayError, isCode } from '../base/index.ts'
import { createScanner } from '../csv/index.ts'
import { createLinter, type LintReport, type ReportSubject } from '../lint/index.ts'
import { type Direction, recognise } from '../schema/index.ts'
import { type InstanceConfig, schemaFor } from './config/schema-for.ts'

/** What to lint and how. */
export interface LintRequest {
  /** Path of the file, or `-` for `standardInput`. */
  readonly path: string
  readonly standardInput: AsyncIterable<Uint8Array>
  /** Name that standard input is taken to have. */
  readonly inputName?: string
  readonly object?: string
  readonly direction?: Direction
  readonly release?: string
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
  readonly maxFindings?: number
  readonly config: InstanceConfig
  readonly clock: Pick<Clock, 'now'>
  /** Called with the bytes read so far and the bytes in all, where known. */
  readonly onProgress?: (bytes: number, totalBytes: number | undefined) => void
}

/** What was linted, as what, and what was found. */
export interface LintedFile {
  readonly subject: ReportSubject
  readonly report: LintReport
}

/** House: enough bytes for the widest header that Coupa has, some 300 columns. */
const HEADER_BYTES = 64 * 1024

/**
 * Lints one file of any size in constant memory.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `SCHEMA_UNKNOWN`, `SCHEMA_AMBIGUOUS`,
 *   `SCHEMA_UNRECOGNISED`, `RELEASE_UNKNOWN`, `USAGE`
 */
export async function lintFile(request: LintRequest): Promise<LintedFile> {
  const { path } = request
  const isInput = path === '-'
  const shownPath = isInput ? (request.inputName ?? '-') : path
  const totalBytes = isInput ? undefined : await sizeOf(path)
  const chunks = readChunks(
    isInput ? request.standardInput : createReadStream(path, { highWaterMark: 256 * 1024 }),
    shownPath,
  )

  try {
    return await lintChunks(request, { chunks, shownPath, totalBytes })
  } finally {
    // Ends the reading, too, when the object could not be told: an open pipe would keep the process waiting.
    await chunks.return(undefined)
  }
}

interface Source {
  readonly chunks: AsyncGenerator<Uint8Array>
  readonly shownPath: string
  readonly totalBytes: number | undefined
}

async function lintChunks(request: LintRequest, { chunks, shownPath, totalBytes }: Source): Promise<LintedFile> {
  const head = await takeHead(chunks)
  const { object, direction } = chooseObject(request, shownPath, head)
  const schema = schemaFor(request.config, object, direction, request.release)
  const linter = createLinter(
    {
      schema,
      fileName: shownPath === '-' ? undefined : basename(shownPath),
      purpose: 'upload',
      today: request.clock.now(),
    },
    {
      ...(request.select === undefined ? {} : { select: request.select }),
      ...(request.ignore === undefined ? {} : { ignore: request.ignore }),
      ...(request.maxFindings === undefined ? {} : { maxFindings: request.maxFindings }),
    },
  )
  let bytes = 0
  const feed = (chunk: Uint8Array): void => {
    linter.write(chunk)
    bytes += chunk.byteLength
    request.onProgress?.(bytes, totalBytes)
  }
  for (const chunk of head) feed(chunk)
  for await (const chunk of chunks) feed(chunk)
  return { subject: { path: shownPath, object, direction, release: schema.release }, report: linter.end() }
}

/** The object a request names, else what folder, name or header show. */
function chooseObject(
  request: LintRequest,
  path: string,
  head: readonly Uint8Array[],
): { object: string; direction: Direction } {
  if (request.object !== undefined)
    return { object: request.object, direction: request.direction ?? directionOf(path, request.object) }
  const found = recognise({
    ...(path === '-' ? {} : { path }),
    header: readHeader(head),
    ...(request.direction === undefined ? {} : { direction: request.direction }),
  })
  switch (found.kind) {
    case 'one':
      return found
    case 'several': {
      const candidates = found.candidates.map(({ object, direction }) => `${object} (${direction})`).join(', ')
      throw new GatewayError('SCHEMA_AMBIGUOUS', { path, candidates })
    }
    case 'none':
      throw new GatewayError('SCHEMA_UNRECOGNISED', { path })
  }
}

/** A named object is taken for an import unless the path shows that the file comes out of Coupa. */
function directionOf(path: string, object: string): Direction {
  const found = recognise({ path })
  return found.kind === 'one' && found.object === object ? found.direction : 'import'
}

async function takeHead(chunks: AsyncGenerator<Uint8Array>): Promise<readonly Uint8Array[]> {
  const head: Uint8Array[] = []
  for (let bytes = 0; bytes < HEADER_BYTES;) {
    const { value, done } = await chunks.next()
    if (done) break
    head.push(value)
    bytes += value.byteLength
  }
  return head
}

/** Cells of the first record that is not blank. */
function readHeader(head: readonly Uint8Array[]): readonly string[] {
  let header: readonly string[] | undefined
  const scanner = createScanner({
    record(view) {
      if (header !== undefined || (view.fieldCount === 1 && view.isEmpty(0))) return
      header = Array.from({ length: view.fieldCount }, (_cell, index) => view.text(index))
    },
    fault: () => undefined,
  })
  for (const chunk of head) scanner.write(chunk)
  scanner.end()
  return header ?? []
}

async function sizeOf(path: string): Promise<number> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) throw new GatewayError('USAGE', { path, reason: 'it is a folder; name the files in it' })
    return stats.size
  } catch (cause) {
    throw fileError(cause, path)
  }
}

async function* readChunks(source: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch (cause) {
    throw fileError(cause, path)
  }
}

function fileError(cause: unknown, path: string): unknown {
  return isCode(cause, 'ENOENT') ? new GatewayError('FILE_NOT_FOUND', { path }, { cause }) : asGatewayError(cause, path)
}
