import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createIdMaker } from '../base/index.ts'
import { createContentStore } from '../delivery/index.ts'
import { checkLedger, type LedgerFinding, openLedger } from '../ledger/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { ledgerPath } from './with-server-door.ts'

/** What a look at the ledger and the store found. */
export interface LedgerReview {
  readonly path: string
  readonly version: number
  /** Contents that files on their way need. */
  readonly neededContents: number
  /** Empty where all is well. */
  readonly findings: readonly LedgerFinding[]
}

/** House: enough to see what is wrong. */
const MOST_OF_A_KIND = 20

/**
 * Reads the whole ledger, and looks whether the store has what files on their way are sent from. Changes nothing; others
 * may go on writing.
 *
 * @throws {GatewayError} `FILE_NOT_FOUND`, `LEDGER_DAMAGED`, `LEDGER_NEWER`, `LEDGER_OLDER`, `LEDGER_BUSY`
 */
export async function reviewLedger(loaded: LoadedConfig, now: Date): Promise<LedgerReview> {
  const path = ledgerPath(loaded)
  const { version, findings } = await checkLedger(path)
  // Questions to a ledger that is damaged give anything.
  if (findings.some(({ code }) => code === 'damaged')) return { path, version, neededContents: 0, findings }
  const ledger = await openLedger(path, { readOnly: true })
  try {
    const needed = await ledger.neededContents(now)
    const store = createContentStore(
      join(resolve(loaded.folder, loaded.config.folders.state), 'store'),
      createIdMaker(),
    )
    const missing = [...needed].filter((hash) => !existsSync(store.pathOf(hash)))
    const missingFindings = missing.slice(0, MOST_OF_A_KIND).map((hash) => ({
      code: 'missing-content',
      message: `a file on its way needs a content that the store does not have: ${hash}`,
    }))
    return { path, version, neededContents: needed.size, findings: [...findings, ...missingFindings] }
  } finally {
    await ledger.close()
  }
}
