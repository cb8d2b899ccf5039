import type { DraftRecord } from './draft.ts'
import type { FaultKind } from './planted.ts'

/** A kind that changes one row as a whole. */
function rowKind(
  name: string,
  code: string,
  change: (row: DraftRecord, header: DraftRecord, isGrouped: boolean) => boolean,
): FaultKind {
  return {
    name,
    plant(draft, free, random) {
      const rows = free.rows()
      if (rows.length === 0) return []
      const row = random.pick(rows)
      const header = draft.records.find(({ kind, record }) => kind === 'header' && record === row.record)
      if (!header || !change(row, header, draft.isGrouped)) return []
      free.take(row)
      return [{ kind: name, code, severity: 'error', record: row }]
    },
  }
}

/** Faults in the shape of rows. */
export const RECORD_KINDS: readonly FaultKind[] = [
  rowKind('one field too many', 'R101', (row) => {
    row.cells.push({ text: 'one more' })
    return true
  }),
  rowKind('one field too few', 'R101', (row) => row.cells.length > 2 && row.cells.pop() !== undefined),
  rowKind('header again', 'R103', (row, header, isGrouped) => {
    // A second header row of a record type is a header row.
    if (isGrouped || header.cells.length < 2) return false
    row.cells.splice(0, Infinity, ...header.cells.map(({ text }) => ({ text })))
    return true
  }),
  rowKind('empty row', 'R104', (row, _header, isGrouped) => {
    if (isGrouped || row.cells.length < 2) return false
    for (const cell of row.cells) cell.text = ''
    return true
  }),
  {
    name: 'unknown record type',
    plant(draft, free, random) {
      const rows = free.rows()
      if (!draft.isGrouped || rows.length === 0) return []
      const row = random.pick(rows)
      row.cells[0] = { text: 'No Such Thing' }
      free.take(row)
      return [{ kind: 'unknown record type', code: 'R201', severity: 'error', record: row, field: 0 }]
    },
  },
  {
    name: 'blank line',
    plant(draft, free, random) {
      const rows = free.rows()
      if (rows.length === 0) return []
      const row = random.pick(rows)
      free.take(row)
      const at = draft.records.indexOf(row)
      if (draft.records[at - 1]?.kind === 'other') return []
      const blank: DraftRecord = { kind: 'other', record: undefined, cells: [], columns: [] }
      draft.records.splice(at, 0, blank)
      return at === 0 ? [] : [{ kind: 'blank line', code: 'R102', severity: 'warning', record: blank }]
    },
  },
]

/** A column that the schema does not have, one too often, and one without a name. */
export const HEADER_KINDS: readonly FaultKind[] = (
  [
    ['unknown column', 'H103', 'Zzyzx Qq'],
    ['blank header', 'H105', ''],
    ['column twice', 'H104', undefined],
  ] as const
).map(([name, code, text]) => ({
  name,
  plant(draft, _free, random) {
    // A header row of a file of several record types is known by its columns: it must keep enough of them.
    const headers = draft.records.filter(
      ({ kind, record, cells }) =>
        kind === 'header' && !record?.isPlaceholdersOnly && cells.length >= (draft.isGrouped ? 3 : 1),
    )
    if (headers.length === 0) return []
    const header = random.pick(headers)
    const from = random.below(header.cells.length)
    const column = header.columns[from]
    const isRepeatable = column && !column.occurrence && from > 0
    if (text === undefined && !isRepeatable) return []
    // A blank at the end of a header in a file of several record types only pads it.
    const at = text === undefined ? from + 1 : 1 + random.below(header.cells.length - 1 || 1)
    for (const record of draft.records) {
      if (record.record !== header.record || record.kind === 'other') continue
      const cell = text === undefined ? record.cells[from] : { text: record.kind === 'header' ? text : 'x' }
      record.cells.splice(at, 0, { ...(cell ?? { text: '' }) })
      record.columns.splice(at, 0, text === undefined ? record.columns[from] : undefined)
    }
    return [{ kind: name, code, severity: 'error', record: header, field: at }]
  },
}))
