import { GatewayError } from '../base/index.ts'
import type { AcceptedKey, AcceptedListName, AcceptedPart, AcceptedRate } from '../ledger/index.ts'
import { createAcceptedRowReader } from '../lint/index.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'

/** House: a transaction of some ten milliseconds; others wait meanwhile. */
const ROWS_AT_ONCE = 2_000

/**
 * Writes down the keys of the rows of every part of a flow that was taken since the last time. That the receiver has
 * taken a part is the best evidence there is; that it refused some of its rows is not seen here.
 *
 * May be stopped anywhere and done again: a part counts as read only with its last row, and what a newer part had stays.
 *
 * @returns Parts that were read.
 */
export async function rememberTakenParts(tools: DeliveryTools, flow: ImportFlow): Promise<number> {
  let parts = 0
  for (const part of await tools.ledger.waitingParts(flow.name)) {
    if (tools.signal?.aborted) break
    const target = tools.connection.label
    const rows = await rememberPart(tools, flow, part)
    await tools.ledger.write((writer) => writer.endAcceptedPart(part, { target, rows }))
    tools.log.debug('remembered', { part: part.partId, rows })
    parts += 1
  }
  return parts
}

async function rememberPart(tools: DeliveryTools, flow: ImportFlow, part: AcceptedPart): Promise<number | 'lost'> {
  const { contents, ledger, connection, log } = tools
  const batch = createBatch(connection.label, part)
  const reader = createAcceptedRowReader(flow.schema, batch.take)
  try {
    for await (const chunk of contents.read(part.sha256)) {
      reader.write(chunk)
      if (batch.rows >= ROWS_AT_ONCE) await ledger.write((writer) => batch.flush(writer))
    }
  } catch (error) {
    // Old contents are pruned, and a damaged one proves nothing.
    if (!(error instanceof GatewayError) || error.code !== 'STORE_DAMAGED') throw error
    log.warn('the rows of a part that was taken cannot be remembered', { part: part.partId, reason: error.message })
    return 'lost'
  }
  const rows = reader.end()
  await ledger.write((writer) => batch.flush(writer))
  return rows
}

type BatchWriter = Pick<
  Parameters<Parameters<DeliveryTools['ledger']['write']>[0]>[0],
  'addAcceptedKeys' | 'addAcceptedRates'
>

interface Batch {
  readonly rows: number
  readonly take: Parameters<typeof createAcceptedRowReader>[1]
  flush(writer: BatchWriter): Promise<void>
}

/** Gathers rows by the kind of their keys. */
function createBatch(target: string, part: AcceptedPart): Batch {
  let lists = new Map<string, { readonly list: AcceptedListName; readonly keys: AcceptedKey[] }>()
  let rates: AcceptedRate[] = []
  let rows = 0
  return {
    get rows() {
      return rows
    },
    take({ keys, hash, isInactive, rate }) {
      rows += 1
      for (const { id, ...key } of keys) {
        const known = lists.get(id) ?? { list: { target, object: part.object, columns: id }, keys: [] }
        lists.set(id, known)
        known.keys.push({ ...key, rowHash: hash, isInactive })
      }
      if (rate) rates.push(rate)
    },
    async flush(writer) {
      const [taken, takenRates] = [[...lists.values()], rates]
      for (const { list, keys } of taken) await writer.addAcceptedKeys(part, list, keys)
      if (takenRates.length > 0) await writer.addAcceptedRates(part, target, takenRates)
      lists = new Map()
      rates = []
      rows = 0
    },
  }
}
