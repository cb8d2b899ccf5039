import { lstatSync, realpathSync } from 'node:fs'
import { join, posix, sep } from 'node:path'

/** Turns the paths of a client into paths below one folder; nothing outside can be named. */
export interface Jail {
  /** The path as the client sees it: absolute, without `.` and `..`. */
  visible(path: string): string
  /**
   * Where the file or folder lies on this disk. It need not exist, its folder must.
   *
   * Throws an error with a Node code: `ENOENT`, or `EACCES` for a link that leads out and for a name that could be
   * read as a path on some system.
   */
  real(path: string): string
  /** As `real`, but a link in the last place is named itself instead of what it leads to. */
  realEntry(path: string): string
}

/** @param root An existing folder; links in its own path are followed once, here. */
export function createJail(root: string): Jail {
  const top = realpathSync(root)

  function visible(path: string): string {
    return posix.normalize(posix.join('/', path)).replace(/(?<=.)\/$/, '')
  }

  function realEntry(path: string): string {
    // A backslash separates folders on Windows, and NUL ends a name in the calls below us.
    if (/[\\\0]/.test(path)) throw refusal('EACCES', 'the name holds a backslash or NUL')
    const shown = visible(path)
    if (shown === '/') return top
    return join(inside(join(top, posix.dirname(shown))), posix.basename(shown))
  }

  function inside(path: string): string {
    const found = realpathSync(path)
    if (found !== top && !found.startsWith(top.endsWith(sep) ? top : top + sep)) {
      throw refusal('EACCES', 'the path leads out of the sandbox')
    }
    return found
  }

  return {
    visible,
    realEntry,
    real(path) {
      const entry = realEntry(path)
      return lstatSync(entry, { throwIfNoEntry: false })?.isSymbolicLink() ? inside(entry) : entry
    },
  }
}

/** An error that carries a code as those of Node do. */
export function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { code })
}
