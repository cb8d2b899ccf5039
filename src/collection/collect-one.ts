import { rm } from 'node:fs/promises'
import { GatewayError } from '../base/index.ts'
import { type FileRecord, writeNewFile } from '../ledger/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import { checkExport, type ExportCheck } from './check.ts'
import type { Fetched } from './fetch.ts'
import type { CollectionTools, ExportFlow } from './flow.ts'
import { findHeaderDrift, headerText } from './header-drift.ts'
import { publish } from './publish.ts'
import { identityOf } from './sighting.ts'
import { EXPORT_TABLE } from './states.ts'

/** Checks a fetched file, records it, and publishes it, or holds it where it is damaged. */
export async function takeOver(
  tools: CollectionTools,
  flow: ExportFlow,
  remote: RemoteFile,
  fetched: Fetched,
): Promise<FileRecord> {
  const { check, fault } = await checkFetched(tools, flow, fetched, remote)
  const at = tools.clock.now()
  const file = {
    id: fetched.id,
    flow: flow.name,
    object: flow.schema.object,
    direction: 'export' as const,
    name: remote.name,
    origin: remote.path,
    sha256: fetched.sha256,
    sizeBytes: fetched.sizeBytes,
    state: fault === undefined ? ('fetched' as const) : ('held' as const),
    ...(fault === undefined ? {} : { reason: fault }),
    ...(check === undefined ? {} : { rows: check.rows, findings: check.counts }),
    acceptedAt: at,
    updatedAt: at,
  }
  await record(tools, flow, { file, remote, check })
  if (fault === undefined) return publish(tools, flow, file)
  await rm(fetched.path, { force: true })
  const about = { file: file.id, name: file.name, reason: fault }
  tools.log.error('an export is not published; the server still has it', about)
  return file
}

/** An archive that cannot be opened is a fault of the file, not of the pass. */
async function checkFetched(
  tools: CollectionTools,
  flow: ExportFlow,
  fetched: Fetched,
  remote: RemoteFile,
): Promise<{ check?: ExportCheck; fault?: string }> {
  try {
    const check = await checkExport(tools, flow, fetched.path, remote.name)
    return check.damage === undefined ? { check } : { check, fault: `it is damaged or incomplete: ${check.damage}` }
  } catch (error) {
    if (error instanceof GatewayError && error.code.startsWith('ZIP_')) return { fault: error.message }
    throw error
  }
}

async function record(
  tools: CollectionTools,
  flow: ExportFlow,
  {
    file,
    remote,
    check,
  }: { file: FileRecord & { state: 'fetched' | 'held' }; remote: RemoteFile; check: ExportCheck | undefined },
): Promise<void> {
  const at = file.acceptedAt
  const drift = check && (await findHeaderDrift(tools.ledger, flow.name, check.header))
  const log = tools.log.with({ file: file.id, name: file.name })
  if (check && check.unknownColumns.length > 0)
    log.warn('columns that the schema does not know', { columns: check.unknownColumns.join(', ') })
  const changed = drift && { added: drift.added.join(', '), removed: drift.removed.join(', ') }
  if (changed) log.warn('the header changed since the last file', changed)
  await tools.ledger.write(async (writer) => {
    const { sha256, sizeBytes } = file
    const facts = { path: remote.path, sha256, sizeBytes }
    await writeNewFile(writer, EXPORT_TABLE, file, { step: 'fetched', facts })
    await writer.insertSighting({ ...identityOf(tools, remote), fileId: file.id })
    if (check === undefined) return
    const found = {
      rows: check.rows,
      errors: check.counts.error,
      header: headerText(check.header),
      unknownColumns: check.unknownColumns.join(', '),
      ...changed,
    }
    await writer.addEvent({ fileId: file.id, at, step: 'checked', facts: found })
  })
}
