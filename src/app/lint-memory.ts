import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GatewayError } from '../base/index.ts'
import type * as ledgerRoom from '../ledger/index.ts'
import { type AcceptedMemory, type NeededMemory, recall } from '../lint/index.ts'
import type { LoadedConfig } from './config/load-config.ts'
import { serverLabel } from './server-label.ts'

/** Fills a memory with what is needed; `undefined`: nothing of it is remembered. */
export type Recall = (needed: NeededMemory) => Promise<AcceptedMemory | undefined>

/** The memory of a gateway, opened for reading. */
export interface LintMemory {
  /** Label of the server. */
  readonly target: string
  readonly recall: Recall
  close(): Promise<void>
}

/** Why there is no memory although there is a ledger: its code, for a sentence on the screen. */
export interface NoMemory {
  readonly reason: string
}

/** Codes of a ledger that cannot be read now, which is no reason not to lint. */
const PASSED_OVER: ReadonlySet<string> = new Set(['LEDGER_OLDER', 'LEDGER_NEWER', 'LEDGER_BUSY', 'LEDGER_DAMAGED'])

/**
 * Opens the memory of what the server of a configuration took. Nothing is created, migrated or written.
 *
 * @returns `undefined`: there is no ledger, or nothing was taken yet.
 */
export async function openLintMemory({ config, folder }: LoadedConfig): Promise<LintMemory | NoMemory | undefined> {
  const path = join(resolve(folder, config.folders.state), 'ledger.sqlite')
  if (!existsSync(path)) return undefined
  let ledger: ledgerRoom.Ledger | undefined
  try {
    // Few who lint have a ledger, and the others do not wait for the database.
    const { openLedger } = await import('../ledger/index.ts')
    ledger = await openLedger(path, { readOnly: true })
    const opened = ledger
    const target = serverLabel(config.server)
    const [lists, rates] = [await opened.acceptedLists(target), await opened.latestAcceptedRates(target)]
    if (lists.length > 0 || rates.length > 0) {
      return { target, recall: (needed) => recall(opened, target, needed), close: () => opened.close() }
    }
    await opened.close()
    return undefined
  } catch (error) {
    await ledger?.close()
    if (!(error instanceof GatewayError)) throw error
    if (!PASSED_OVER.has(error.code)) throw error
    return { reason: error.message }
  }
}
