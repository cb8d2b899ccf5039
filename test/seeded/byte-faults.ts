import type { Severity } from '../../src/base/index.ts'
import type { Draft, DraftRecord } from './draft.ts'
import { isFreeText, quietColumns } from './make-draft.ts'
import type { FaultKind, FreeRows } from './planted.ts'
import type { Random } from './random.ts'

/** A cell of any text in a row without faults. */
function freeCell(draft: Draft, free: FreeRows, random: Random): { row: DraftRecord; field: number } | undefined {
  const rows = free.rows()
  if (rows.length === 0) return undefined
  const row = random.pick(rows)
  if (!row.record) return undefined
  const quiet = quietColumns(draft.schema, row.record)
  const fields = row.columns.flatMap((column, field) =>
    column && quiet.has(column) && isFreeText(column) && (column.length ?? 255) >= 20 ? [field] : [],
  )
  if (fields.length === 0) return undefined
  free.take(row)
  return { row, field: random.pick(fields) }
}

interface ByteFault {
  readonly name: string
  readonly code: string
  readonly severity?: Severity
  /** The bytes between the commas. */
  readonly raw: string
  readonly lineFeeds?: number
  /** Needs quotes around it, and must not stand in a file that has none. */
  readonly needsQuotes?: true
}

const BYTE_FAULTS: readonly ByteFault[] = [
  { name: 'byte of Latin-1', code: 'F101', raw: 'Z\xfcrich' },
  { name: 'byte of Latin-1 in quotes', code: 'F101', raw: '"M\xfcnchen, \xc3\x9f"', needsQuotes: true },
  {
    name: 'byte on a later line',
    code: 'F101',
    raw: '"one\ntwo\r\nM\xfcnchen\nfour"',
    lineFeeds: 2,
    needsQuotes: true,
  },
  { name: 'half a character', code: 'F101', raw: '"\xe6\x97"', needsQuotes: true },
  { name: 'stray quote', code: 'F203', raw: 'pipe 5" long' },
  { name: 'text after quote', code: 'F204', raw: '"pipe" 5' },
  {
    name: 'text after a quote on a later line',
    code: 'F204',
    raw: '"one\ntwo\nthree"x',
    lineFeeds: 2,
    needsQuotes: true,
  },
  { name: 'quote inside quotes', code: 'F204', raw: '"the "big" one"' },
  { name: 'lone carriage return', code: 'F207', severity: 'warning', raw: 'one\rtwo' },
]

/** Bytes that are no text in Coupa's dialect. */
export const BYTE_KINDS: readonly FaultKind[] = BYTE_FAULTS.map(
  ({ name, code, severity = 'error', raw, lineFeeds = 0, needsQuotes }): FaultKind => ({
    name,
    plant(draft, free, random) {
      if (needsQuotes && draft.quotes === 'never') return []
      const cell = freeCell(draft, free, random)
      if (!cell) return []
      cell.row.cells[cell.field] = { text: '', raw: Buffer.from(raw, 'latin1') }
      return [{ kind: name, code, severity, record: cell.row, field: cell.field, lineFeeds }]
    },
  }),
)

/** A quote that is never closed, in the last field of a row with no quote behind it. */
export const OPEN_QUOTE_KIND: FaultKind = {
  name: 'open quote',
  plant(draft, free, random) {
    const last = draft.records.at(-1)
    const rows = free.rows((row) => row === last || draft.quotes === 'never')
    if (rows.length === 0) return []
    const row = random.pick(rows)
    // What is behind it must hold no quote, be it one of a planted fault.
    const behind = draft.records.slice(draft.records.indexOf(row) + 1)
    if (behind.some(({ cells }) => cells.some(({ text, raw }) => text.includes('"') || raw?.includes(34)))) return []
    const first = draft.isGrouped ? 1 : 0
    if (row.cells.length <= first) return []
    const isLastField = draft.quotes !== 'never' || random.chance(0.5)
    const field = isLastField ? row.cells.length - 1 : first + random.below(row.cells.length - first)
    row.cells[field] = { text: '', raw: Buffer.from('"open') }
    free.take(row)
    const open = { kind: 'open quote', code: 'F205', severity: 'error', record: row, field } as const
    // The rest of the line belongs to the open field, so that the row is short.
    return field === row.cells.length - 1
      ? [open]
      : [open, { kind: 'row short by a quote', code: 'R101', severity: 'error', record: row }]
  },
}
