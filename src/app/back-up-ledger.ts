import { join, resolve } from 'node:path'
import { utcStamp } from '../base/index.ts'
import { backupLedger, type LedgerBackup } from '../ledger/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { ledgerPath } from './with-server-door.ts'

/**
 * Copies the ledger of a configuration; others may go on writing.
 *
 * @param to Where to; a name with the instant in `backups` of the state folder when absent.
 * @throws {GatewayError} `FILE_NOT_FOUND` there is no ledger yet, `TRANSFER_TARGET_EXISTS`, `LEDGER_DAMAGED`,
 *   `LEDGER_BUSY`, `DISK_FULL`
 */
export function backUpLedger(loaded: LoadedConfig, to: string | undefined, now: Date): Promise<LedgerBackup> {
  const state = resolve(loaded.folder, loaded.config.folders.state)
  return backupLedger(ledgerPath(loaded), to ?? join(state, 'backups', `ledger_${utcStamp(now)}.sqlite`))
}
