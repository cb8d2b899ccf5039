import { type ErrorCode, GatewayError } from '../base/index.ts'

/**
 * Primary result codes of SQLite that have a meaning for the operator.
 * Source: https://www.sqlite.org/rescode.html
 */
const MEANINGS: Readonly<Record<number, ErrorCode>> = {
  3: 'FILE_UNREADABLE', // PERM
  5: 'LEDGER_BUSY', // BUSY
  8: 'FILE_UNREADABLE', // READONLY
  10: 'FILE_UNREADABLE', // IOERR
  11: 'LEDGER_DAMAGED', // CORRUPT
  13: 'DISK_FULL', // FULL
  14: 'FILE_UNREADABLE', // CANTOPEN
  26: 'LEDGER_DAMAGED', // NOTADB
}

/** The shared-memory file could not be made long enough: in practice a full disk. IOERR_SHMSIZE. */
const IOERR_SHMSIZE = 4874

/** An error of SQLite as the `GatewayError` it means; every other error as it was. */
export function asLedgerError(cause: unknown, path: string): unknown {
  const resultCode = resultCodeOf(cause)
  if (resultCode === undefined) return cause
  // The low byte is the primary code, the rest tells more: 517 is BUSY_SNAPSHOT.
  const code = resultCode === IOERR_SHMSIZE ? 'DISK_FULL' : MEANINGS[resultCode & 0xff]
  return code === undefined ? cause : new GatewayError(code, { path, sqlite: resultCode }, { cause })
}

/** Whether another connection holds a lock that this one needs. */
export function isBusy(error: unknown): boolean {
  const resultCode = resultCodeOf(error)
  return resultCode !== undefined && (resultCode & 0xff) === 5
}

/** Whether what is in the file contradicts itself. */
export function isDamage(error: unknown): error is { readonly message: string } {
  const resultCode = resultCodeOf(error)
  return resultCode !== undefined && (resultCode & 0xff) === 11
}

function resultCodeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}
