import { type Stats, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { type Clock, isCode, sleepUnlessStopped } from '../base/index.ts'

/** What to watch. */
export interface WatchRequest {
  /** As it was asked for; shown paths begin with it. */
  readonly shownFolder: string
  readonly folder: string
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** House: longer than a program takes between two writes of one file, shorter than a person waits. */
const QUIET_MS = 250

const CSV_OR_ZIP = /\.(?:csv|zip)$/i

/**
 * Tells which files of a folder, and of those below it, have changed, each time nothing has changed for a moment. What
 * flatgate itself writes (`.fixed.csv`, drafts) and what begins with a dot is passed over. Ends when the signal is
 * aborted.
 *
 * @param onReady Called once changes are seen.
 */
export async function* watchFolder(
  { shownFolder, folder, clock, signal }: WatchRequest,
  onReady: () => void,
): AsyncGenerator<readonly string[]> {
  const events = listen(folder)
  const stop = (): void => events.wake()
  signal.addEventListener('abort', stop)
  try {
    onReady()
    while (!signal.aborted) {
      await events.next()
      if (signal.aborted) return
      let seen: number
      do {
        seen = events.count
        await sleepUnlessStopped(clock, QUIET_MS, signal)
      } while (events.count > seen && !signal.aborted)
      const names = new Set<string>()
      for (const name of events.take()) for (const file of await filesOf(folder, name)) names.add(file)
      if (names.size > 0) yield [...names].sort().map((name) => join(shownFolder, name))
    }
  } finally {
    signal.removeEventListener('abort', stop)
    events.close()
  }
}

interface Events {
  /** How many have come. */
  readonly count: number
  /** Waits until there is something to take, or until it is woken. @throws What the system says of the folder. */
  next(): Promise<void>
  wake(): void
  take(): readonly string[]
  close(): void
}

/** Events are kept until they are taken: the iterator of Node loses those that come while nobody asks. */
function listen(folder: string): Events {
  let names = new Set<string>()
  let count = 0
  let failure: Error | undefined
  let wake = (): void => undefined
  const watcher = watch(folder, { recursive: true })
  watcher.on('change', (_kind, name) => {
    names.add(String(name))
    count += 1
    wake()
  })
  watcher.on('error', (error) => {
    failure = error
    wake()
  })
  return {
    get count() {
      return count
    },
    async next() {
      if (names.size === 0 && failure === undefined) await new Promise<void>((resolve) => (wake = resolve))
      if (failure) throw failure
    },
    wake: () => wake(),
    take() {
      const taken = [...names]
      names = new Set()
      return taken
    },
    close: () => watcher.close(),
  }
}

/** The files that an event is about, below the folder. A new folder is told by itself, not what came with it. */
async function filesOf(folder: string, name: string): Promise<readonly string[]> {
  const path = resolve(folder, name)
  const isFolder = (await statOf(path))?.isDirectory() === true
  const names = isFolder ? (await readdir(path, { recursive: true })).map((each) => join(name, each)) : [name]
  return names.map((each) => relative(folder, resolve(folder, each))).filter(isWatched)
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isWatched(name: string): boolean {
  return (
    CSV_OR_ZIP.test(name) && !/\.fixed\.csv$/i.test(name) && !name.split(/[\\/]/).some((part) => part.startsWith('.'))
  )
}
