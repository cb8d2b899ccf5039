import type { Severity } from '../../src/base/index.ts'
import { isUncertain, type SchemaColumn } from '../../src/schema/index.ts'
import type { Draft } from './draft.ts'
import { isFreeText, quietColumns } from './make-draft.ts'
import type { FaultKind } from './planted.ts'

/** A text that is wrong in columns of some kind. */
interface CellFault {
  readonly name: string
  readonly code: string
  /** Keys of the definition that the rule rests on: where one is uncertain the finding is a warning. */
  readonly keys?: readonly string[]
  readonly severity?: Severity
  applies(column: SchemaColumn): boolean
  text(column: SchemaColumn): string
}

const isPlain = ({ allowed, format, isMultiple, list }: SchemaColumn): boolean =>
  allowed === undefined && format === undefined && list === undefined && isMultiple !== true

const ofType =
  (...types: readonly string[]) =>
  (column: SchemaColumn) =>
    types.includes(column.type) && isPlain(column)

const ofFormat = (format: string) => (column: SchemaColumn) => column.format === format && column.allowed === undefined

const isRoomy = (column: SchemaColumn): boolean => isFreeText(column) && (column.length ?? 255) >= 20

const CELL_FAULTS: readonly CellFault[] = [
  { name: 'integer', code: 'C301', keys: ['type'], applies: ofType('integer'), text: () => '1x' },
  { name: 'decimal', code: 'C302', keys: ['type'], applies: ofType('decimal', 'float'), text: () => '1 5' },
  { name: 'boolean', code: 'C401', keys: ['type'], applies: ofType('boolean'), text: () => 'maybe' },
  { name: 'date', code: 'C402', keys: ['type', 'pattern'], applies: ofType('date', 'datetime'), text: () => 'soon' },
  { name: 'day', code: 'C402', keys: [], applies: ofType('date', 'datetime'), text: () => '2023-02-29' },
  {
    name: 'value',
    code: 'C405',
    keys: ['allowed'],
    applies: ({ allowed }) => allowed !== undefined,
    text: () => 'zzz',
  },
  {
    name: 'length',
    code: 'C201',
    keys: ['length'],
    applies: (column) => column.length !== undefined && ofType('string', 'text', 'reference', 'unknown')(column),
    text: ({ length = 0 }) => '🚚'.repeat(length + 1),
  },
  { name: 'e-mail', code: 'C501', keys: ['format'], applies: ofFormat('email'), text: () => 'nobody at home' },
  { name: 'currency', code: 'C502', keys: ['format'], applies: ofFormat('currency-code'), text: () => '€' },
  { name: 'country', code: 'C503', keys: ['format'], applies: ofFormat('country-code'), text: () => '??' },
  { name: 'locale', code: 'C504', severity: 'warning', applies: ofFormat('locale'), text: () => 'xx-YY' },
  { name: 'amount', code: 'C505', keys: ['format'], applies: ofFormat('money-with-currency'), text: () => '5.00 €' },
  { name: 'web address', code: 'C507', keys: ['format'], applies: ofFormat('url'), text: () => 'no address' },
  {
    name: 'exponent',
    code: 'C602',
    applies: (column) => isRoomy(column) && column.type !== 'unknown',
    text: () => '1.23457E+11',
  },
  { name: 'formula error', code: 'C605', applies: isRoomy, text: () => '#REF!' },
  { name: 'NUL', code: 'F104', applies: isRoomy, text: () => 'a\0b' },
  { name: 'bell', code: 'F104', severity: 'warning', applies: isRoomy, text: () => 'a\u0007b' },
  { name: 'invisible', code: 'C603', severity: 'warning', applies: isRoomy, text: () => 'a\u200bb' },
  { name: 'twice encoded', code: 'C604', severity: 'warning', applies: isRoomy, text: () => 'JosÃ©' },
  { name: 'outer blank', code: 'C601', severity: 'warning', applies: isRoomy, text: () => ' Bolt' },
]

/** Faults of one cell that say nothing of any other. */
export const CELL_KINDS: readonly FaultKind[] = CELL_FAULTS.map((fault) => ({
  name: fault.name,
  plant(draft, free, random) {
    const [row] = free.rows().length === 0 ? [] : [random.pick(free.rows())]
    if (!row?.record) return []
    const quiet = quietColumns(draft.schema, row.record)
    const fields = row.columns.flatMap((column, field) =>
      column && quiet.has(column) && fault.applies(column) ? [field] : [],
    )
    if (fields.length === 0) return []
    const field = random.pick(fields)
    const column = row.columns[field] as SchemaColumn
    row.cells[field] = { text: fault.text(column) }
    free.take(row)
    return [{ kind: fault.name, code: fault.code, severity: severityOf(fault, column), record: row, field }]
  },
}))

/** An empty cell in a column that must be filled. */
export const REQUIRED_KIND: FaultKind = {
  name: 'required',
  plant(draft: Draft, free, random) {
    const rows = free.rows()
    const row = rows.length === 0 ? undefined : random.pick(rows)
    if (!row?.record) return []
    const quiet = quietColumns(draft.schema, row.record)
    const fields = row.columns.flatMap((column, field) => (column?.required && quiet.has(column) ? [field] : []))
    if (fields.length === 0) return []
    const field = random.pick(fields)
    row.cells[field] = { text: '' }
    free.take(row)
    const severity = isUncertain(row.columns[field] as SchemaColumn, 'required') ? 'warning' : 'error'
    return [{ kind: 'required', code: 'C101', severity, record: row, field }]
  },
}

function severityOf({ keys = [], severity = 'error' }: CellFault, column: SchemaColumn): Severity {
  return keys.some((key) => isUncertain(column, key)) ? 'warning' : severity
}
