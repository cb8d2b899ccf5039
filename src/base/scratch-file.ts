import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file for one's own use that nobody else can see, and that is gone when it is closed or the process ends. */
export interface ScratchFile {
  readonly sizeBytes: number
  /** Why the system refused to take or give back bytes, if it did. */
  readonly failure: Error | undefined
  /** Writes bytes behind the others. @returns Where they stand; `undefined`: the system refuses, now and later. */
  append(bytes: Uint8Array): number | undefined
  /** Reads bytes back, all of them. @returns `false`: the system refuses. */
  read(into: Uint8Array, position: number): boolean
  close(): void
}

/**
 * Makes a scratch file in a folder, with the first bytes that are appended. Its name is taken off the folder at once,
 * so that no crash leaves it behind. Work is done while the caller waits: it is made for few large writes, and small
 * reads of what the system still has in its cache.
 */
export function createScratchFile(folder: string): ScratchFile {
  let file: number | undefined
  let sizeBytes = 0
  let failure: Error | undefined

  /** A full disk, a missing folder, a broken disk: it is for the caller to do without. */
  function attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work()
    } catch (error) {
      if (!isSystemError(error)) throw error
      failure = error
      return undefined
    }
  }

  return {
    get sizeBytes() {
      return sizeBytes
    },
    get failure() {
      return failure
    },
    append(bytes) {
      if (failure) return undefined
      return attempt(() => {
        file ??= openNameless(folder)
        const position = sizeBytes
        // A write that runs into the end of the disk takes a part first and fails with the next.
        for (let done = 0; done < bytes.length;) {
          done += writeSync(file, bytes, done, bytes.length - done, position + done)
        }
        sizeBytes += bytes.length
        return position
      })
    },
    read(into, position) {
      const opened = file
      if (opened === undefined) return false
      return attempt(() => readSync(opened, into, 0, into.length, position)) === into.length
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** By its number: an error that comes from another realm is no instance of ours. */
function isSystemError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'errno' in error
}

function openNameless(folder: string): number {
  const own = mkdtempSync(join(folder, 'flatgate-'))
  try {
    return openSync(join(own, 'scratch'), 'wx+', 0o600)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}
