import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asGatewayError, GatewayError, isCode, readBlocks } from '../base/index.ts'
import type { ArchiveFacts } from '../lint/index.ts'
import type { ZipArchive } from '../pack/index.ts'

/** One file to be linted, wherever its bytes are. */
export interface LintInput {
  /** As reports show it: as it was asked for, `a.zip!b.csv` for a file in an archive. */
  readonly shownPath: string
  /** What folder and name say of it; absent for standard input without a name. */
  readonly path?: string
  /** Name without folders; absent as `path` is. */
  readonly fileName?: string
  /** Where it lies; absent for files in archives and standard input. */
  readonly diskPath?: string
  /** Where a mended copy lies beside what it was made of; absent for standard input. */
  readonly copyPath?: string
  readonly totalBytes?: number
  /** The archive that it lies in, where it lies in one. */
  readonly archive?: ArchiveFacts
  /** Whether it was named itself, and not found in a folder, an archive or by a pattern. */
  readonly isNamed: boolean
  /** Whether `open` may be called once only. */
  readonly isOnce: boolean
  /** The bytes in order; a chunk must be used or copied before the next is asked for. @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `ZIP_DAMAGED` */
  open(): AsyncIterable<Uint8Array>
}

/** A file on disk. @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`; `USAGE` it is a folder. */
export async function fileInput(path: string, shownPath: string, isNamed: boolean): Promise<LintInput> {
  const totalBytes = await sizeOf(path)
  const open = (): AsyncIterable<Uint8Array> => withErrors(readBlocks(path), shownPath)
  return {
    shownPath,
    path,
    fileName: basename(path),
    diskPath: path,
    copyPath: path,
    totalBytes,
    isNamed,
    isOnce: false,
    open,
  }
}

/** Standard input, which can be read once. @param name That it is taken to have. */
export function standardInput(source: AsyncIterable<Uint8Array>, name: string | undefined): LintInput {
  const shownPath = name ?? '-'
  const named = name === undefined ? {} : { path: name, fileName: basename(name) }
  return { shownPath, ...named, isNamed: true, isOnce: true, open: () => withErrors(source, shownPath) }
}

/**
 * The CSV files in an archive, in the order of its directory.
 *
 * @throws {GatewayError} As `readZip` does; `ZIP_NO_TABLE` where there is none, which no report would say.
 */
export async function zipInputs(path: string, shownPath: string): Promise<readonly LintInput[]> {
  const [archive, bytes] = [await openArchive(path, shownPath), await sizeOf(path)]
  const tables = archive.entries.filter(({ name }) => /\.csv$/i.test(name))
  if (tables.length === 0) {
    const archives = archive.entries.filter(({ isNestedArchive }) => isNestedArchive).length
    throw new GatewayError('ZIP_NO_TABLE', { path: shownPath, files: archive.entries.length, archives })
  }
  // A run over many archives must not hold them all, nor read one with thousands of tables as often.
  let kept = new WeakRef(archive)
  const archiveAgain = async (): Promise<ZipArchive> => {
    const held = kept.deref() ?? (await readArchive(path))
    kept = new WeakRef(held)
    return held
  }
  const junk = archive.ignored.map((name) => ({ name, sizeBytes: 0 }))
  const entries = [...archive.entries.map(({ name, sizeBytes }) => ({ name, sizeBytes })), ...junk]
  return tables.map(({ name, sizeBytes }) => ({
    shownPath: `${shownPath}!${name}`,
    path: join(dirname(path), name),
    fileName: basename(name),
    copyPath: join(dirname(path), basename(name)),
    totalBytes: sizeBytes,
    archive: { bytes, ownName: name, entries },
    isNamed: false,
    isOnce: false,
    open: async function* () {
      try {
        yield* (await archiveAgain()).open(name)
      } catch (error) {
        throw namingArchive(error, shownPath)
      }
    },
  }))
}

/** Few files are archives: the others do not wait for the ZIP library. */
async function readArchive(path: string): Promise<ZipArchive> {
  return (await import('../pack/index.ts')).readZip(path)
}

/** @throws {GatewayError} What `readZip` throws, with the path of the archive. */
async function openArchive(path: string, shownPath: string): Promise<ZipArchive> {
  try {
    return await readArchive(path)
  } catch (error) {
    throw namingArchive(error, shownPath)
  }
}

/** The room of archives knows entries, and not where an archive lies. */
function namingArchive(error: unknown, shownPath: string): unknown {
  if (!(error instanceof GatewayError)) return error
  return new GatewayError(error.code, { path: shownPath, ...error.details }, { cause: error })
}

/** What cannot be opened, where a run over many files goes on. */
export function failingInput(shownPath: string, error: GatewayError): LintInput {
  const open = (): never => {
    throw error
  }
  return { shownPath, isNamed: false, isOnce: false, open }
}

/** Standard input laid down in a file of its own, so that it can be read more than once. Call `remove` at the end. */
export async function spooledInput(input: LintInput): Promise<{ readonly input: LintInput; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'flatgate-input-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'input')
    await pipeline(input.open(), createWriteStream(path, { mode: 0o600 }))
    const file = await fileInput(path, input.shownPath, true)
    const { totalBytes = 0 } = file
    return { input: { ...input, isOnce: false, totalBytes, open: () => file.open() }, remove }
  } catch (error) {
    await remove()
    throw error
  }
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

async function* withErrors(source: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* source
  } catch (cause) {
    throw fileError(cause, path)
  }
}

/** A missing file by its own code, any other error of the system as `FILE_UNREADABLE`. */
export function fileError(cause: unknown, path: string): unknown {
  return isCode(cause, 'ENOENT') ? new GatewayError('FILE_NOT_FOUND', { path }, { cause }) : asGatewayError(cause, path)
}
