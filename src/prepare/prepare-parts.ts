import { GatewayError } from '../base/index.ts'
import { encodeRecord, type LineEnd } from '../csv/index.ts'
import { bestRecordType, createRecordSorter, type FileSchema, type RecordSchema } from '../schema/index.ts'
import { createGroupedLayout } from './grouped-layout.ts'
import { PartCutter, type PreparedPart, type PartLimits } from './part-cutter.ts'
import { type OpenPart, PartWriter } from './part-writer.ts'
import { createPlainLayout, type EncodeFields, type Layout } from './plain-layout.ts'
import { type ColumnPlan, type DroppedColumn, planColumns } from './plan-columns.ts'
import { readSource, type SourceReader } from './read-source.ts'
import { type SourceRecord, textsOf } from './source-record.ts'

/** What is prepared, and how. */
export interface PrepareOptions {
  readonly source: AsyncIterable<Uint8Array>
  /** How the bytes of the source are read. */
  readonly reader: SourceReader
  readonly schema: FileSchema
  /** Source column by Coupa column. Only for files with one header row. */
  readonly map?: Readonly<Record<string, string>>
  /** What is written behind every record. */
  readonly lineEnd: LineEnd
  readonly limits: PartLimits
  readonly openPart: OpenPart
}

/** The columns of one record type of a file. */
export interface RecordPlan extends ColumnPlan {
  /** Name of the record type. */
  readonly record: string
}

/** What has been written. */
export interface PreparedParts {
  /**
   * In the order in which they must be loaded; at least one. A source without data rows gives a part of header rows and
   * no row, which is nothing to be sent.
   */
  readonly parts: readonly PreparedPart[]
  /** Data rows of the source; blank lines are none. Each is in exactly one part. */
  readonly rows: number
  /** One for each header row, in their order. */
  readonly plans: readonly RecordPlan[]
  /** The columns that are not sent, of all plans. */
  readonly dropped: readonly DroppedColumn[]
}

/**
 * Turns an accepted file into the parts that Coupa gets: UTF-8 without byte order mark, every field quoted, the header
 * rows on top of each part, no part beyond the limits, no record group torn apart, no cell changed.
 *
 * Blank lines are left out; a record with nothing but empty fields is not a blank line and stays. Nothing is repaired:
 * the file has been linted. Memory does not grow with the file, only with the largest record group.
 *
 * @throws {GatewayError} `CSV_MALFORMED`, `CSV_ENCODING`, `CSV_FIELD_COUNT`, `CSV_NOT_ENCODABLE` with the physical line;
 *   `PREPARE_COLUMN_MISSING`, `PREPARE_COLUMN_DUPLICATE`, `PREPARE_COLUMN_UNKNOWN`, `PREPARE_GROUP_TOO_LARGE`;
 *   `CONFIG_INVALID` a mapping for a file with several record types. Parts opened before are closed and must be thrown
 *   away. What a sink throws comes out as it is.
 */
export async function prepareParts(options: PrepareOptions): Promise<PreparedParts> {
  const cutter = new PartCutter(options.limits)
  const writer = new PartWriter(options.openPart)
  const preparer = new Preparer(options, cutter)
  try {
    await readSource(options.source, options.reader, {
      take: (record) => preparer.take(record),
      pause: () => writer.run(cutter.takeSteps()),
    })
    preparer.end()
    await writer.run(cutter.takeSteps())
  } finally {
    await writer.release()
  }
  const rows = writer.parts.reduce((sum, part) => sum + part.rows, 0)
  const { plans } = preparer
  return { parts: writer.parts, rows, plans, dropped: plans.flatMap(({ dropped }) => dropped) }
}

/** Chooses the layout by the first row, and hands the rest to it. */
class Preparer {
  readonly plans: RecordPlan[] = []
  readonly #options: PrepareOptions
  readonly #cutter: PartCutter
  readonly #encode: EncodeFields
  #layout: Layout | undefined

  constructor(options: PrepareOptions, cutter: PartCutter) {
    this.#options = options
    this.#cutter = cutter
    this.#encode = (fields) => encodeRecord(fields, options.lineEnd)
  }

  take(record: SourceRecord): void {
    if (isBlankLine(record)) return
    if (this.#layout) this.#layout.take(record)
    else this.#layout = this.#begin(record)
  }

  end(): void {
    if (!this.#layout) throw new GatewayError('CSV_MALFORMED', { reason: 'no-header-row' })
    this.#layout.end()
    this.#cutter.end()
  }

  #begin(first: SourceRecord): Layout {
    const { schema, map } = this.#options
    const sorter = createRecordSorter(schema, first)
    if (sorter) {
      if (map) throw new GatewayError('CONFIG_INVALID', { object: schema.object, reason: 'map-with-record-types' })
      const layout = createGroupedLayout({
        schema,
        sorter,
        encode: this.#encode,
        cutter: this.#cutter,
        onPlan: (record, plan) => this.#keep(record, plan),
      })
      layout.take(first)
      return layout
    }
    const header = textsOf(first)
    const record = bestRecordType(schema.records, map ? Object.keys(map) : header)
    if (!record) throw new GatewayError('SCHEMA_INVALID', { object: schema.object, reason: 'no-record-type' })
    const plan = planColumns({ header, record, ...(map && { map }) })
    this.#keep(record, plan)
    return createPlainLayout(plan, this.#encode, this.#cutter)
  }

  #keep(record: RecordSchema, plan: ColumnPlan): void {
    this.plans.push({ record: record.name, ...plan })
  }
}

/** A line with nothing on it. One empty field in quotes is a record. */
function isBlankLine(record: SourceRecord): boolean {
  return record.fieldCount === 1 && record.isEmpty(0) && !record.isQuoted(0)
}
