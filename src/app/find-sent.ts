import { GatewayError } from '../base/index.ts'
import type { ResendWish } from '../delivery/index.ts'
import type { FileRecord, Ledger } from '../ledger/index.ts'

/** Something that was sent, and the flow that it went through. */
export interface SentThing {
  readonly flow: string
  readonly wish: ResendWish
}

/**
 * Finds what a person means to have sent again: by name of the file or of a part, or by reference (its beginning is
 * enough), as `flatgate history` finds it. Of files of one name only those count of which something was sent.
 *
 * @throws {GatewayError} `HISTORY_UNKNOWN`; `USAGE` an export, or several files are meant
 */
export async function findSent(ledger: Ledger, name: string): Promise<SentThing> {
  const found = await ledger.findFiles({ idOrName: name, limit: 1000 })
  if (found.length === 0) throw new GatewayError('HISTORY_UNKNOWN', { file: name })
  const imports = found.filter(({ direction }) => direction === 'import')
  if (imports.length === 0) {
    throw new GatewayError('USAGE', { file: name, reason: 'it is an export; Coupa sends exports, not flatgate' })
  }
  const sent: FileRecord[] = []
  for (const file of imports) {
    const parts = await ledger.partsOf(file.id)
    const part = parts.find((candidate) => candidate.name === name)
    if (part !== undefined) return { flow: file.flow, wish: { fileId: file.id, partId: part.id } }
    if (parts.length > 0 || file.state === 'unpacked') sent.push(file)
  }
  const [file, ...others] = sent.length > 0 ? sent : imports
  if (file === undefined || others.length > 0) {
    const known = [file, ...others].flatMap((each) =>
      each === undefined ? [] : [`${each.id} (${each.acceptedAt.toISOString().slice(0, 19)}Z, ${each.state})`],
    )
    const reason = `${known.length} files have this name, name one by its reference: ${known.join(', ')}`
    throw new GatewayError('USAGE', { file: name, reason })
  }
  return { flow: file.flow, wish: { fileId: file.id } }
}
