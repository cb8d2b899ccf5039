import { GatewayError } from '../base/index.ts'
import { backupLedger } from './backup-ledger.ts'
import { LEDGER_VERSION } from './migrate.ts'

/**
 * Keeps a copy of a ledger beside it before it is migrated: `ledger.sqlite.v1.bak`, or `.v1.2.bak` and so on where an
 * earlier copy lies, which is never replaced. A new or an up-to-date ledger needs none.
 *
 * @throws {GatewayError} As `backupLedger` does; the ledger is not migrated then.
 */
export async function keepOldLedger(path: string, version: number): Promise<void> {
  if (version === 0 || version >= LEDGER_VERSION) return
  for (let copy = 1; ; copy += 1) {
    const mark = copy === 1 ? `v${version}` : `v${version}.${copy}`
    try {
      await backupLedger(path, `${path}.${mark}.bak`)
      return
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'TRANSFER_TARGET_EXISTS') throw error
    }
  }
}
