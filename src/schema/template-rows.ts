import { conditionHolds } from './condition-holds.ts'
import type { SchemaDefinition } from './definition.ts'
import type { FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
import { sampleCell, sampleName, wellKnownCell } from './sample-cell.ts'

/** A header row and one sample row of a record type. */
export interface TemplateRow {
  readonly record: string
  /** A file of its own; the others stand together in one file. */
  readonly isSeparateFile: boolean
  /** Column names of the release and the custom fields, in the order of the schema. */
  readonly header: readonly string[]
  /** As many cells; what Coupa needs is filled, and a few columns that explain themselves. */
  readonly sample: readonly string[]
}

/** House: enough to see what a row is like; the rest of the columns stays blank. */
const EXPLAINING_CELLS = 8

/**
 * Header and one valid sample row of each record type, or of one.
 *
 * Placeholders of custom fields and columns that Coupa hides from its own template are left out.
 */
export function templateRows(schema: FileSchema, record?: string): readonly TemplateRow[] {
  return schema.records
    .filter(({ name }) => record === undefined || name === record)
    .map((one) => templateOf(one, schema.definition))
    .filter(({ header }) => header.length > 0)
}

function templateOf(record: RecordSchema, { object, keys, records }: SchemaDefinition): TemplateRow {
  const columns = record.columns.filter(isShown)
  const cells = new Map<string, string>()
  const fill = (column: SchemaColumn | undefined): void => {
    if (column !== undefined && !cells.has(column.name)) cells.set(column.name, sampleCell(column))
  }
  const named = (name: string): SchemaColumn | undefined => columns.find((column) => column.name === name)

  markRecord(record, cells)
  const ownName = sampleName(object)
  if (ownName !== undefined && record.name === records[0]?.name && isFillable(named('Name'))) cells.set('Name', ownName)
  for (const column of columns) if (column.required === true) fill(column)
  for (const group of record.requireOneOf ?? []) {
    for (const name of group.find((set) => set.every((one) => isFillable(named(one)))) ?? []) fill(named(name))
  }
  const key = keys.find((names) => names.every((name) => isFillable(named(name))))
  for (const name of key ?? []) fill(named(name))
  explain(columns, cells)
  // Coupa has no use for a row without a cell, and neither has a reader.
  if (cells.size === 0) fill(columns.find(isFillable))
  fillConditions(columns, cells, fill)
  return {
    record: record.name,
    isSeparateFile: record.isSeparateFile ?? false,
    header: columns.map(({ name }) => name),
    sample: columns.map(({ name, occurrence }) => (occurrence === undefined ? (cells.get(name) ?? '') : '')),
  }
}

/** The first cell of a row in a file of several record types says which one it is. */
function markRecord({ discriminator, name }: RecordSchema, cells: Map<string, string>): void {
  if (discriminator !== undefined) cells.set(discriminator.column, discriminator.value ?? name)
}

function explain(columns: readonly SchemaColumn[], cells: Map<string, string>): void {
  const limit = cells.size + EXPLAINING_CELLS
  for (const column of columns) {
    if (cells.size >= limit) return
    const cell = isFillable(column) ? wellKnownCell(column) : undefined
    if (cell !== undefined && !cells.has(column.name)) cells.set(column.name, cell)
  }
}

/** Filling one cell may call for another; every round fills at least one, so that the rounds end. */
function fillConditions(
  columns: readonly SchemaColumn[],
  cells: Map<string, string>,
  fill: (column: SchemaColumn | undefined) => void,
): void {
  const exists = new Set(columns.map(({ name }) => name))
  const cell = (name: string): string | undefined => (exists.has(name) ? (cells.get(name) ?? '') : undefined)
  for (let before = -1; before !== cells.size;) {
    before = cells.size
    for (const column of columns) {
      const { requiredWhen, noGapsWith, name } = column
      if (requiredWhen !== undefined && conditionHolds(requiredWhen, cell)) fill(column)
      if (noGapsWith !== undefined && cells.has(name)) fill(columns.find((other) => other.name === noGapsWith))
    }
  }
  for (const { name, blankWhen, required } of columns) {
    if (blankWhen !== undefined && required !== true && conditionHolds(blankWhen, cell)) cells.delete(name)
  }
}

function isShown(column: SchemaColumn): boolean {
  return column.isInRelease && column.isPlaceholder !== true && column.isHidden !== true
}

/** Coupa gives out Ids: a row that names one updates a record instead of making it. */
function isFillable(column: SchemaColumn | undefined): boolean {
  if (column === undefined) return false
  const { isAssignedByCoupa, isDeprecated, isIgnored, isUnsupported, occurrence } = column
  return !(isAssignedByCoupa || isDeprecated || isIgnored || isUnsupported || occurrence !== undefined)
}
