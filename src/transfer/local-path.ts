import { realpath } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { GatewayError, isCode } from '../base/index.ts'

/** Turns paths of a store into paths of this machine. */
export type ResolveLocal = (path: string) => Promise<string>

/**
 * Makes the jail of a local store: every path, links in its folders followed, lies below `root`. The last segment is not
 * followed; whoever opens it looks at what it is.
 *
 * @param root A real path.
 */
export function createLocalPaths(root: string, label: string): ResolveLocal {
  return async (path) => {
    const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.')
    // Matches `..`, `a\b` and a line feed; lets `..a` and `Übersicht 2026.csv` pass.
    if (segments.some((segment) => segment === '..' || /[\\\p{Cc}]/u.test(segment))) throw unsafe(label, path)
    if (segments.length === 0) return root
    const wanted = join(root, ...segments)
    const folder = await realFolder(dirname(wanted), label, path)
    if (folder !== root && !folder.startsWith(root.endsWith(sep) ? root : root + sep)) throw unsafe(label, path)
    return join(folder, basename(wanted))
  }
}

async function realFolder(folder: string, label: string, path: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch (cause) {
    if (isCode(cause, 'ENOENT') || isCode(cause, 'ENOTDIR')) {
      throw new GatewayError('TRANSFER_NOT_FOUND', { label, path }, { cause })
    }
    throw cause
  }
}

function unsafe(label: string, path: string): GatewayError {
  return new GatewayError('TRANSFER_UNSAFE_NAME', { label, path: JSON.stringify(path) })
}
