import { doesLastRowWin } from '../../src/lint/keys/last-row-wins.ts'
import { conditionHolds, isUncertain, type Key, type SchemaColumn } from '../../src/schema/index.ts'
import { sampleCell } from '../../src/schema/sample-cell.ts'
import type { Draft, DraftRecord } from './draft.ts'
import { columnsOf } from './make-draft.ts'
import type { FaultKind, FreeRows, Planted } from './planted.ts'
import type { Random } from './random.ts'

/** Two rows of the main record type, the earlier one first. */
function twoRows(draft: Draft, free: FreeRows, random: Random): readonly [DraftRecord, DraftRecord] | undefined {
  const main = draft.schema.records[0]
  const rows = free.rows(({ record }) => record === main)
  if (rows.length < 2) return undefined
  const first = random.below(rows.length - 1)
  const second = first + 1 + random.below(rows.length - first - 1)
  return [rows[first] as DraftRecord, rows[second] as DraftRecord]
}

const fieldOf = ({ columns }: DraftRecord, name: string): number => columns.findIndex((column) => column?.name === name)

const textOf = (row: DraftRecord, name: string): string => row.cells[fieldOf(row, name)]?.text ?? ''

/** The key by which both rows are told apart: the first that both fill. Long ones may have blanks and are left alone. */
function keyOf({ schema: { definition } }: Draft, rows: readonly DraftRecord[]): Key | undefined {
  const keys = definition.rowKeys ?? definition.keys
  const key = keys.find((names) => rows.some((row) => names.some((name) => textOf(row, name) !== '')))
  const isFilled = key?.every((name) => rows.every((row) => textOf(row, name) !== ''))
  return key && key.length <= 4 && isFilled ? key : undefined
}

/** The same record twice, and one value that two records share. */
export const KEY_KINDS: readonly FaultKind[] = [
  {
    name: 'key twice',
    plant(draft, free, random) {
      const pair = twoRows(draft, free, random)
      const key = pair && keyOf(draft, pair)
      if (!key) return []
      const [first, second] = pair
      for (const name of key) second.cells[fieldOf(second, name)] = { text: textOf(first, name) }
      pair.forEach((row) => free.take(row))
      const isWholeRow = first.cells.every(({ text }, field) => second.cells[field]?.text === text)
      if (isWholeRow) return [{ kind: 'key twice', code: 'K105', severity: 'warning', record: second, names: first }]
      const isProven = key.some((name) => {
        const column = second.columns[fieldOf(second, name)]
        return column?.unique || column?.uniqueWith || column?.isAssignedByCoupa
      })
      const severity = doesLastRowWin(draft.schema.object) || !isProven ? 'warning' : 'error'
      const field = fieldOf(second, key[0] ?? '')
      return [{ kind: 'key twice', code: 'K101', severity, record: second, field, names: first }]
    },
  },
  {
    name: 'value twice',
    plant(draft, free, random) {
      const pair = twoRows(draft, free, random)
      if (!pair) return []
      const [first, second] = pair
      const key = keyOf(draft, pair)
      const { definition, object } = draft.schema
      const columns = first.columns.filter(
        (column) =>
          column?.unique && !column.uniqueWith && textOf(first, column.name) !== '' && !key?.includes(column.name),
      )
      // The rows must stand for two records, or it is the key that is there twice.
      if (columns.length === 0 || !key) return []
      const column = random.pick(columns) as SchemaColumn
      const isKey = (definition.rowKeys ?? definition.keys).flat().includes(column.name)
      const field = fieldOf(second, column.name)
      second.cells[field] = { text: textOf(first, column.name) }
      pair.forEach((row) => free.take(row))
      const severity = (doesLastRowWin(object) && isKey) || isUncertain(column, 'unique') ? 'warning' : 'error'
      return [{ kind: 'value twice', code: 'K102', severity, record: second, field, names: first }]
    },
  },
  {
    name: 'segment gap',
    plant(_draft, free, random) {
      const rows = free.rows(({ columns }) => columns.some((column) => column?.noGapsWith !== undefined))
      if (rows.length === 0) return []
      const row = random.pick(rows)
      const fields = row.columns.flatMap((column, field) => {
        const before = column?.noGapsWith
        const isGap = before !== undefined && textOf(row, before) === '' && fieldOf(row, before) !== -1
        return isGap && fieldOf(row, column?.name ?? '') === field ? [field] : []
      })
      if (fields.length === 0) return []
      const field = random.pick(fields)
      row.cells[field] = { text: sampleCell(row.columns[field] as SchemaColumn) }
      free.take(row)
      return [{ kind: 'segment gap', code: 'X103', severity: 'error', record: row, field }]
    },
  },
  {
    name: 'condition',
    plant(_draft, free, random) {
      const rows = free.rows(({ columns }) => columns.some((column) => column?.requiredWhen ?? column?.blankWhen))
      if (rows.length === 0) return []
      const row = random.pick(rows)
      const before = new Set(brokenConditions(row).map(idOf))
      const changes = row.columns.flatMap((column, field) => (column ? changesOf(row, column, field) : []))
      if (changes.length === 0) return []
      const { field, text } = random.pick(changes)
      const old = row.cells[field]
      row.cells[field] = { text }
      const broken = brokenConditions(row).filter((planted) => !before.has(idOf(planted)))
      if (broken.length === 0 && old) row.cells[field] = old
      else free.take(row)
      return broken
    },
  },
]

/** What may break a condition of the row: its column is emptied or filled, or the column it asks about is changed. */
function changesOf(row: DraftRecord, column: SchemaColumn, field: number): readonly { field: number; text: string }[] {
  const condition = column.requiredWhen ?? column.blankWhen
  if (!condition || column.required || column.unique || column.uniqueWith || column.occurrence) return []
  const own = { field, text: column.requiredWhen ? '' : sampleCell(column) }
  const asked = columnsOf(condition).flatMap((name) => {
    const at = fieldOf(row, name)
    const other = row.columns[at]
    const isLoose = other && !other.required && !other.unique && !other.uniqueWith && !other.requiredUnless
    const text = condition.equals ?? condition.in?.[0] ?? (other ? sampleCell(other) : '')
    return isLoose && text !== '' && (other.allowed?.includes(text) ?? true) ? [{ field: at, text }] : []
  })
  return [own, ...asked]
}

const idOf = ({ code, field }: Planted): string => `${code} ${field}`

/** The conditions that a row breaks, as the schema reads them: another reading than the one of the rules. */
function brokenConditions(row: DraftRecord): readonly Planted[] {
  const cell = (name: string): string | undefined => row.cells[fieldOf(row, name)]?.text
  return row.columns.flatMap((column, field): readonly Planted[] => {
    if (!column || fieldOf(row, column.name) !== field) return []
    const isEmpty = (row.cells[field]?.text ?? '').trim() === ''
    const { requiredWhen, blankWhen } = column
    if (isEmpty && requiredWhen && conditionHolds(requiredWhen, cell)) {
      const severity = requiredWhen.isDoubtful || isUncertain(column, 'requiredWhen') ? 'warning' : 'error'
      return [{ kind: 'condition', code: 'X101', severity, record: row, field }]
    }
    if (isEmpty || !blankWhen || !conditionHolds(blankWhen, cell)) return []
    const severity = blankWhen.isDoubtful || isUncertain(column, 'blankWhen') ? 'warning' : 'error'
    return [{ kind: 'condition', code: 'X102', severity, record: row, field }]
  })
}
