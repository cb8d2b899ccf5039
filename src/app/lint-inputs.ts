import { glob, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GatewayError, isCode } from '../base/index.ts'
import { failingInput, fileError, fileInput, type LintInput, standardInput, zipInputs } from './lint-input.ts'

/** Where words of a command line are looked up. */
export interface InputPlaces {
  /** Relative paths and patterns start here. */
  readonly folder: string
  readonly standardInput: AsyncIterable<Uint8Array>
  /** Name that standard input is taken to have. */
  readonly inputName?: string
}

const CSV_OR_ZIP = /\.(?:csv|zip)$/i

/** `*`, `?`, `[a-c]` and `{a,b}`. A path that exists is never taken for a pattern. */
const PATTERN = /[*?[{]/

/**
 * The files that words stand for: `-` for standard input, files, archives (each CSV in them), folders with all that is
 * below them, and patterns. A file that several words name is there once.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND` for a path or pattern that names nothing; `USAGE` `-` twice; `ZIP_DAMAGED`,
 *   `ZIP_UNSAFE`, `ZIP_LIMIT`, `FILE_UNREADABLE`
 */
export async function findInputs(words: readonly string[], places: InputPlaces): Promise<readonly LintInput[]> {
  const inputs: LintInput[] = []
  const seen = new Set<string>()
  for (const word of words) {
    for (const input of await inputsOf(word, places)) {
      const identity = input.diskPath ?? input.shownPath
      if (input.isOnce && seen.has(identity))
        throw new GatewayError('USAGE', { path: '-', reason: 'standard input can be read once only' })
      if (!seen.has(identity)) inputs.push(input)
      seen.add(identity)
    }
  }
  return inputs
}

async function inputsOf(word: string, places: InputPlaces): Promise<readonly LintInput[]> {
  if (word === '-') return [standardInput(places.standardInput, places.inputName)]
  const path = resolve(places.folder, word)
  const kind = await kindOf(path)
  if (kind === 'folder') return filesBelow(path, word)
  if (kind === 'file') return openPath(path, word, true)
  if (!PATTERN.test(word)) throw new GatewayError('FILE_NOT_FOUND', { path: word })
  const found: string[] = []
  for await (const match of glob(word, { cwd: places.folder })) found.push(match)
  const inputs: LintInput[] = []
  for (const match of found.sort()) {
    const matched = resolve(places.folder, match)
    if ((await kindOf(matched)) === 'file') inputs.push(...(await openFound(matched, match)))
  }
  if (inputs.length === 0) throw new GatewayError('FILE_NOT_FOUND', { path: word, reason: 'nothing fits the pattern' })
  return inputs
}

async function openPath(path: string, shownPath: string, isNamed: boolean): Promise<readonly LintInput[]> {
  return /\.zip$/i.test(path) ? zipInputs(path, shownPath) : [await fileInput(path, shownPath, isNamed)]
}

/** An archive that was found and cannot be opened does not end the run: it is told in its turn. */
async function openFound(path: string, shownPath: string): Promise<readonly LintInput[]> {
  try {
    return await openPath(path, shownPath, false)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return [failingInput(shownPath, error)]
  }
}

/** What lies below a folder, in the order of the paths. A folder in it that cannot be read does not end the run. */
async function filesBelow(folder: string, shownFolder: string): Promise<readonly LintInput[]> {
  const found = await listBelow(folder, '')
  const inputs: LintInput[] = []
  for (const { path, cause } of found.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const shownPath = join(shownFolder, path)
    inputs.push(...(cause === undefined ? await openFound(join(folder, path), shownPath) : [unread(shownPath, cause)]))
  }
  return inputs
}

/** A file below a folder, or a folder that cannot be read. */
interface Found {
  /** Below the folder. */
  readonly path: string
  readonly cause?: unknown
}

function unread(shownPath: string, cause: unknown): LintInput {
  const error = fileError(cause, shownPath)
  if (!(error instanceof GatewayError)) throw error
  return failingInput(shownPath, error)
}

/** Folders whose name starts with a dot, and those of installed packages, are not looked into. */
async function listBelow(folder: string, below: string): Promise<Found[]> {
  const found: Found[] = []
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name)
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) found.push(...(await listInner(folder, path)))
    else if (entry.isFile() && CSV_OR_ZIP.test(entry.name)) found.push({ path })
  }
  return found
}

async function listInner(folder: string, path: string): Promise<Found[]> {
  try {
    return await listBelow(folder, path)
  } catch (cause) {
    return [{ path, cause }]
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (cause) {
    if (isCode(cause, 'ENOENT') || isCode(cause, 'ENOTDIR')) return undefined
    throw fileError(cause, path)
  }
}
