import { GatewayError } from '../base/index.ts'
import type { SftpAttributes } from './sftp-channel.ts'
import { isNotFound, statusOf } from './sftp-errors.ts'
import type { SftpLink } from './sftp-link.ts'

/** What is at a path; `undefined` only when the server says that nothing is. */
export async function look(link: SftpLink, path: string): Promise<SftpAttributes | undefined> {
  try {
    return await link.stat(path)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** What is known before a rename. */
export interface RenameOptions {
  /** The file was seen under its old name right before. */
  readonly wasThere?: boolean
}

/**
 * Renames a file; an existing target is left alone.
 *
 * @throws {GatewayError} `TRANSFER_OUTCOME_UNKNOWN` the answer was lost, or the server refused and what lies there now
 *   does not bear it out. Nothing was cleaned up: what lies where is the evidence.
 * @throws {GatewayError} `TRANSFER_TARGET_EXISTS`, `TRANSFER_NOT_FOUND`, `TRANSFER_DENIED`, `TRANSFER_FAILED` the server
 *   refused and nothing was renamed.
 */
export async function renameWithoutReplacing(
  link: SftpLink,
  from: string,
  to: string,
  { wasThere = false }: RenameOptions = {},
): Promise<void> {
  try {
    await link.rename(from, to)
  } catch (refusal) {
    if (statusOf(refusal) === undefined) throw unclear(link, from, to, refusal)
    throw await explain(link, { from, to, refusal, wasThere })
  }
}

/** The status of a refused rename is mostly the general one, so what lies there tells the reason. */
async function explain(
  link: SftpLink,
  { from, to, refusal, wasThere }: { from: string; to: string; refusal: unknown; wasThere: boolean },
): Promise<unknown> {
  // What was seen a moment ago and is gone may have been renamed, whatever the status says: a repeated request over NFS is
  // answered with "no such file", a server that may not set attributes afterwards with "denied".
  const isPlain = !wasThere && refusal instanceof GatewayError && refusal.code !== 'TRANSFER_FAILED'
  try {
    const [source, target] = await Promise.all([look(link, from), look(link, to)])
    if (source && target) return targetExists(link, to, refusal)
    return source || isPlain ? refusal : unclear(link, from, to, refusal)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    return isPlain ? refusal : unclear(link, from, to, refusal)
  }
}

/** Something is at the final name. */
export function targetExists({ label }: SftpLink, path: string, cause?: unknown): GatewayError {
  return new GatewayError('TRANSFER_TARGET_EXISTS', { label, path }, { cause })
}

/** The rename may or may not have happened. */
export function unclear({ label }: SftpLink, from: string, to: string, cause?: unknown): GatewayError {
  return new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { label, path: to, stagingPath: from }, { cause })
}
