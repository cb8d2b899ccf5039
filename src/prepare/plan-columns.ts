import { GatewayError } from '../base/index.ts'
import { normaliseHeader, type RecordSchema, type SchemaColumn } from '../schema/index.ts'

/** One column of a part. */
export interface PlannedColumn {
  /** Coupa's spelling, or the prompt name of a custom field as it was declared. */
  readonly name: string
  /** Field of the source record, from 0. */
  readonly sourceIndex: number
}

/** Why a column of the source is not sent. */
export type DropReason = 'blank-header' | 'unknown-column' | 'not-mapped'

/** A column of the source that is not sent. */
export interface DroppedColumn {
  /** As in the file. */
  readonly header: string
  /** From 0. */
  readonly index: number
  readonly reason: DropReason
}

/** Which fields of a source record go where. */
export interface ColumnPlan {
  /** In the order in which they are written. */
  readonly columns: readonly PlannedColumn[]
  readonly dropped: readonly DroppedColumn[]
  /** Names of columns that are sent although the chosen release is not known to have them. */
  readonly notInRelease: readonly string[]
  /** Fields of a source record. */
  readonly sourceWidth: number
}

/** What a plan is made from. */
export interface PlanOptions {
  readonly header: readonly string[]
  readonly record: RecordSchema
  /** Source column by Coupa column. Without it the header names Coupa's columns itself. */
  readonly map?: Readonly<Record<string, string>>
}

/**
 * Decides which columns of a source are sent, under which names.
 *
 * Without `map`: in the order of the header. A column that is neither standard nor a custom field of the instance is
 * dropped; Coupa asks for that. A column that the chosen release is not known to have is *kept* and named in
 * `notInRelease`: absence from a page of the documentation is no proof, and a refusal by Coupa is seen, where data left
 * out is not.
 *
 * With `map`: in the order of `map`, and nothing else. Source names are compared exactly after outer blanks are cut,
 * then without case. One source column may feed several columns.
 *
 * @throws {GatewayError} `PREPARE_COLUMN_MISSING` `map` names a source column that is not there.
 * @throws {GatewayError} `PREPARE_COLUMN_DUPLICATE` two columns would become one, or `map` fits two source columns.
 * @throws {GatewayError} `PREPARE_COLUMN_UNKNOWN` `map` names no column of the object, or nothing is left to send.
 *
 * Source: Coupa flat-file documentation, April 2026 (columns that are not mapped are omitted).
 */
export function planColumns(options: PlanOptions): ColumnPlan {
  const { header, record, map } = options
  const plan = map ? planMapped(header, map, record) : planHeader(header, record)
  if (plan.columns.length === 0) throw new GatewayError('PREPARE_COLUMN_UNKNOWN', { record: record.name })
  return { ...plan, sourceWidth: header.length }
}

type OpenPlan = Omit<ColumnPlan, 'sourceWidth'>

function planHeader(header: readonly string[], record: RecordSchema): OpenPlan {
  const targets = new Targets(record)
  const columns: PlannedColumn[] = []
  const dropped: DroppedColumn[] = []
  for (const [sourceIndex, text] of header.entries()) {
    const name = text.trim() === '' ? undefined : targets.take(text)
    if (name !== undefined) columns.push({ name, sourceIndex })
    else dropped.push({ header: text, index: sourceIndex, reason: text.trim() ? 'unknown-column' : 'blank-header' })
  }
  return { columns, dropped, notInRelease: targets.notInRelease }
}

function planMapped(header: readonly string[], map: Readonly<Record<string, string>>, record: RecordSchema): OpenPlan {
  const targets = new Targets(record)
  const columns = Object.entries(map).map(([target, source]) => {
    const name = targets.take(target)
    if (name === undefined) {
      throw new GatewayError('PREPARE_COLUMN_UNKNOWN', { record: record.name, column: target })
    }
    return { name, sourceIndex: findSource(header, source) }
  })
  const used = new Set(columns.map(({ sourceIndex }) => sourceIndex))
  const dropped = header
    .map((text, index): DroppedColumn => {
      return { header: text, index, reason: text.trim() ? 'not-mapped' : 'blank-header' }
    })
    .filter(({ index }) => !used.has(index))
  return { columns, dropped, notInRelease: targets.notInRelease }
}

function findSource(header: readonly string[], source: string): number {
  const fold = (text: string): string => text.trim().toLowerCase()
  for (const isSame of [
    (text: string) => text.trim() === source.trim(),
    (text: string) => fold(text) === fold(source),
  ]) {
    const [index, second] = [...header.keys()].filter((at) => isSame(header[at] ?? ''))
    if (second !== undefined) throw new GatewayError('PREPARE_COLUMN_DUPLICATE', { column: source })
    if (index !== undefined) return index
  }
  throw new GatewayError('PREPARE_COLUMN_MISSING', { column: source })
}

/** The columns of a record type, each of which is given out once. */
class Targets {
  readonly notInRelease: string[] = []
  readonly #record: RecordSchema
  /** Columns, or texts where any text is a column. */
  readonly #taken = new Set<SchemaColumn | string>()

  constructor(record: RecordSchema) {
    this.#record = record
  }

  /** The name to write for a header text, or `undefined` when it names no column. */
  take(text: string): string | undefined {
    const first = this.#record.findColumn(text)
    if (!first) return this.#record.isPlaceholdersOnly ? this.#claim(normaliseHeader(text), text.trim()) : undefined
    const isSecond = this.#taken.has(first)
    const column = (isSecond && this.#record.findColumn(text, 2)) || first
    if (!column.isInRelease) this.notInRelease.push(column.name)
    return this.#claim(column, column.name)
  }

  #claim(column: SchemaColumn | string, name: string): string {
    if (this.#taken.has(column)) throw new GatewayError('PREPARE_COLUMN_DUPLICATE', { column: name })
    this.#taken.add(column)
    return name
  }
}
