import { constants } from 'node:fs'
import { copyFile, link, mkdir, rm, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFile, flushFolder, GatewayError, isCode, isNameTaken } from '../base/index.ts'
import { checkLedger, type LedgerFinding } from './check-ledger.ts'
import { openNodeSqlite } from './node-sqlite.ts'
import { asLedgerError } from './sqlite-errors.ts'

/** A copy that was made and read back. */
export interface LedgerBackup {
  readonly path: string
  readonly sizeBytes: number
  /** What is not as it should be in the ledger, and so in its copy: the copy is whole all the same. */
  readonly findings: readonly LedgerFinding[]
}

/** How long the copy waits for a process that holds the whole ledger, which is only when it opens or closes it. */
const LOCK_TIMEOUT_MS = 5000

/**
 * Copies a ledger, as it stands at one instant, to a file that was not there; others may go on writing. The copy is one
 * file, flushed and read back before it gets its name.
 *
 * @param to In a folder that is made where it is missing.
 * @throws {GatewayError} `TRANSFER_TARGET_EXISTS` something is at `to`; it was not touched.
 * @throws {GatewayError} `FILE_NOT_FOUND`, `LEDGER_DAMAGED`, `LEDGER_BUSY`, `DISK_FULL`, `FILE_UNREADABLE` nothing is at
 *   `to`.
 */
export async function backupLedger(path: string, to: string): Promise<LedgerBackup> {
  if (!(await isNameTaken(path))) throw new GatewayError('FILE_NOT_FOUND', { path })
  if (await isNameTaken(to)) throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: to })
  await mkdir(dirname(to), { recursive: true })
  const draft = `${to}.${process.pid}.draft`
  await rm(draft, { force: true })
  try {
    copyWhole(path, draft)
    await flushFile(draft)
    const { findings } = await checkLedger(draft)
    if (findings.some(({ code }) => code === 'damaged')) throw new GatewayError('LEDGER_DAMAGED', { path })
    const { size } = await stat(draft)
    await giveName(draft, to)
    return { path: to, sizeBytes: size, findings }
  } catch (cause) {
    throw asLedgerError(cause, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** A snapshot through SQLite itself: a copy of the bytes would miss what still lies in the write-ahead log. */
function copyWhole(path: string, draft: string): void {
  const database = openNodeSqlite(path, { readOnly: true, lockTimeoutMs: LOCK_TIMEOUT_MS })
  try {
    database.prepare('vacuum into ?').run([draft])
  } finally {
    database.close()
  }
}

/** A hard link fails where the name is taken; a rename would replace the older backup. */
async function giveName(draft: string, to: string): Promise<void> {
  try {
    await link(draft, to)
    await unlink(draft)
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) throw new GatewayError('TRANSFER_TARGET_EXISTS', { path: to }, { cause })
    if (!HAS_NO_LINKS.some((code) => isCode(cause, code))) throw cause
    await copyFile(draft, to, constants.COPYFILE_EXCL)
    await flushFile(to)
  }
  await flushFolder(dirname(to))
}

const HAS_NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']
