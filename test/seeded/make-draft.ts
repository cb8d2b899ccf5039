import {
  type Condition,
  type FileSchema,
  type RecordSchema,
  type SchemaColumn,
  templateRows,
  type TemplateRow,
} from '../../src/schema/index.ts'
import { sampleCell } from '../../src/schema/sample-cell.ts'
import type { Draft, DraftRecord } from './draft.ts'
import type { Random } from './random.ts'

/** Texts with whatever may stand in a cell and is no fault of it. */
const ODD_TEXTS = [
  'Zoë',
  '日本',
  '🚚🚚',
  'line one\nline two',
  'a\r\nb\r\n\nc',
  '5" pipe',
  '"all of it"',
  'x, y',
  'Ærø, "Kø"\n…',
]
const PLAIN_TEXTS = ['Bolt', 'Zoë', '日本', 'Köln 12', "O'Hara", 'q']

/**
 * Makes a file in which nothing is wrong: fifty and more rows of one record type, or of all that stand together, with
 * keys that are there once.
 *
 * @param size Rows of the main record type.
 */
export function makeDraft(schema: FileSchema, random: Random, size: number): Draft {
  const templates = templateRows(schema)
  const together = templates.filter(({ isSeparateFile }) => !isSeparateFile)
  const apart = templates.filter(({ isSeparateFile }) => isSeparateFile)
  const files = [together, ...apart.map((row) => [row])].filter((file) => file.length > 0)
  const file = random.chance(0.7) ? (files[0] ?? []) : random.pick(files)
  const quotes = random.pick(['always', 'always', 'needed', 'never'] as const)
  const kinds = file.map((template) => createKind(schema, template, random, quotes !== 'never'))
  const isGrouped = kinds.some(({ record }) => record.discriminator !== undefined)
  const [main, ...children] = kinds
  if (!main) throw new Error(`${schema.object} has no template`)
  const records: DraftRecord[] = []
  const headers = isGrouped ? kinds : [main]
  for (const { header } of headers) records.push(header)
  for (let row = 1; row <= size; row += 1) {
    records.push(main.row(row))
    if (!isGrouped) continue
    for (const child of children) if (random.chance(0.3)) records.push(child.row(row * 10))
  }
  return {
    schema,
    hasMark: false,
    lineEnd: random.pick(['\r\n', '\n']),
    quotes,
    isGrouped,
    endsWithLineEnd: random.chance(0.8),
    records,
  }
}

interface Kind {
  readonly record: RecordSchema
  readonly header: DraftRecord
  row(number: number): DraftRecord
}

function createKind(schema: FileSchema, template: TemplateRow, random: Random, mayBeOdd: boolean): Kind {
  const record = schema.records.find(({ name }) => name === template.record)
  if (!record) throw new Error(`no record type ${template.record}`)
  const quiet = quietColumns(schema, record)
  const seen = new Map<string, number>()
  const all = template.header.map((name, index) => {
    const occurrence = (seen.get(name) ?? 0) + 1
    seen.set(name, occurrence)
    return { name, column: record.findColumn(name, occurrence), sample: template.sample[index] ?? '' }
  })
  // The first columns stay: a header row of one cell could as well be a row. Wide files only take longer.
  const shown = all.filter(
    ({ column, sample }, index) => !column || !quiet.has(column) || sample !== '' || index < 4 || random.chance(0.3),
  )
  const columns = shown.map(({ column }) => column)
  return {
    record,
    header: { kind: 'header', record, cells: shown.map(({ name }) => ({ text: name })), columns },
    row(number) {
      const cells = shown.map(({ column, sample }, index) => {
        if (!column || (record.discriminator && index === 0)) return { text: sample }
        const isSample = sample !== ''
        if (isSample)
          return { text: isVaried(schema, column) || isFreeText(column) ? vary(column, sample, number) : sample }
        const isFilled = quiet.has(column) && random.chance(0.3)
        return { text: isFilled ? fillQuiet(column, random, mayBeOdd) : '' }
      })
      return { kind: 'row', record, cells, columns: [...columns] }
    },
  }
}

/** Columns that nothing else in the row depends on, so that what stands in one concerns that cell alone. */
export function quietColumns(schema: FileSchema, record: RecordSchema): ReadonlySet<SchemaColumn> {
  const { definition } = schema
  const loud = new Set<string>([
    ...(definition.rowKeys ?? []).flat(),
    ...definition.keys.flat(),
    ...(record.requireOneOf ?? []).flat(2),
    ...(record.discriminator ? [record.discriminator.column] : []),
  ])
  for (const column of record.columns) {
    for (const condition of [column.requiredWhen, column.blankWhen, column.ignoredWhen]) {
      if (!condition) continue
      loud.add(column.name)
      for (const name of columnsOf(condition)) loud.add(name)
    }
    for (const name of [column.requiredUnless, column.noGapsWith])
      if (name !== undefined) loud.add(name).add(column.name)
    if (column.unique === true || column.uniqueWith)
      for (const name of [column.name, ...(column.uniqueWith ?? [])]) loud.add(name)
    for (const name of column.sets ?? []) loud.add(name)
    if (
      column.isAssignedByCoupa ||
      column.isIgnored ||
      column.isUnsupported ||
      column.isDeprecated ||
      !column.isInRelease
    )
      loud.add(column.name)
    if (column.warnWhen) loud.add(column.name)
  }
  return new Set(record.columns.filter(({ name, occurrence }) => !loud.has(name) && occurrence === undefined))
}

/** Names that a condition asks about. */
export function columnsOf({ column, anyFilled = [], allBlankOrNo = [] }: Condition): readonly string[] {
  return [...(column === undefined ? [] : [column]), ...anyFilled, ...allBlankOrNo]
}

function isVaried({ definition }: FileSchema, { name, unique, uniqueWith }: SchemaColumn): boolean {
  const keys = [...(definition.rowKeys ?? []), ...definition.keys].flat()
  return unique === true || uniqueWith !== undefined || keys.includes(name)
}

/** Another value for every row, as far as the column has room. */
function vary(column: SchemaColumn, sample: string, number: number): string {
  const { type, format, allowed, pattern, length = 255, min = 0, references } = column
  if (allowed || pattern !== undefined || references?.object === 'Currency') return sample
  if (format === 'email') return `jane.${number}@example.com`
  if (format === 'digits') return String(10 ** (sample.length - 1) + number)
  if (format !== undefined || type === 'boolean') return sample
  if (type === 'integer' || type === 'decimal' || type === 'float') return String(min + number)
  if (type === 'date' || type === 'datetime') return sample
  const mark = ` ${number}`
  return `${sample.slice(0, length - mark.length)}${mark}`
}

function fillQuiet(column: SchemaColumn, random: Random, mayBeOdd: boolean): string {
  if (!isFreeText(column)) return sampleCell(column)
  const text = random.pick(mayBeOdd && (column.length ?? 255) > 40 ? ODD_TEXTS : PLAIN_TEXTS)
  return text.length < (column.length ?? 255) && text.length >= (column.minLength ?? 0) ? text : sampleCell(column)
}

/** Whether any text that is short enough fits. */
export function isFreeText(column: SchemaColumn): boolean {
  const { type, allowed, format, pattern, list, parts, dateFormats, isMultiple, lengths } = column
  return (
    ['string', 'text', 'unknown', 'reference'].includes(type) &&
    [allowed, format, pattern, list, parts, dateFormats, isMultiple, lengths].every((fact) => fact === undefined)
  )
}
