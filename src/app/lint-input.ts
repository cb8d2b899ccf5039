import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { asGatewayError, GatewayError, isCode } from '../base/index.ts'
import { readZip } from '../pack/index.ts'

/** One file to be linted, wherever its bytes are. */
export interface LintInput {
  /** As reports show it: as it was asked for, `a.zip!b.csv` for a file in an archive. */
  readonly shownPath: string
  /** What folder and name say of it; absent for standard input without a name. */
  readonly path?: string
  /** Name without folders; absent as `path` is. */
  readonly fileName?: string
  /** Where fixes are written beside; absent for archives and standard input. */
  readonly diskPath?: string
  readonly totalBytes?: number
  /** Whether it was named itself, and not found in a folder, an archive or by a pattern. */
  readonly isNamed: boolean
  /** Whether `open` may be called once only. */
  readonly isOnce: boolean
  /** The bytes in order. @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `ZIP_DAMAGED` */
  open(): AsyncIterable<Uint8Array>
}

/** Measured: larger reads are no faster. */
const READ_BYTES = 256 * 1024

/** A file on disk. @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE`; `USAGE` it is a folder. */
export async function fileInput(path: string, shownPath: string, isNamed: boolean): Promise<LintInput> {
  const totalBytes = await sizeOf(path)
  const open = (): AsyncIterable<Uint8Array> =>
    withErrors(createReadStream(path, { highWaterMark: READ_BYTES }), shownPath)
  return { shownPath, path, fileName: basename(path), diskPath: path, totalBytes, isNamed, isOnce: false, open }
}

/** Standard input, which can be read once. @param name That it is taken to have. */
export function standardInput(source: AsyncIterable<Uint8Array>, name: string | undefined): LintInput {
  const shownPath = name ?? '-'
  const named = name === undefined ? {} : { path: name, fileName: basename(name) }
  return { shownPath, ...named, isNamed: true, isOnce: true, open: () => withErrors(source, shownPath) }
}

/** The CSV files in an archive, in the order of its directory. @throws {GatewayError} As `readZip` does. */
export async function zipInputs(path: string, shownPath: string): Promise<readonly LintInput[]> {
  const archive = await readZip(path)
  return archive.entries
    .filter(({ name }) => /\.csv$/i.test(name))
    .map(({ name, sizeBytes }) => ({
      shownPath: `${shownPath}!${name}`,
      path: join(dirname(path), name),
      fileName: basename(name),
      totalBytes: sizeBytes,
      isNamed: false,
      isOnce: false,
      // Read anew each time: a run over many archives must not hold them all.
      open: async function* () {
        yield* (await readZip(path)).open(name)
      },
    }))
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
