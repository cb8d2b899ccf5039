import { GatewayError } from '../base/index.ts'
import { type FileSchema, filledWidth, type RecordSchema, type RecordSorter } from '../schema/index.ts'
import { type ColumnPlan, planColumns } from './plan-columns.ts'
import type { PartCutter } from './part-cutter.ts'
import type { EncodeFields, Layout } from './plain-layout.ts'
import { type SourceRecord, textsOf } from './source-record.ts'

/** What a file with several record types is prepared with. */
export interface GroupedLayoutOptions {
  readonly schema: FileSchema
  readonly sorter: RecordSorter
  readonly encode: EncodeFields
  readonly cutter: PartCutter
  /** Told of each header row. */
  readonly onPlan: (record: RecordSchema, plan: ColumnPlan) => void
}

/** The header row of a record type as it stands now. */
interface TypeHeader {
  readonly plan: ColumnPlan
  /** As it is written. */
  readonly text: string
}

/**
 * A file with several record types, each with a header row of its own whose first cell names it.
 *
 * A group is a record of the topmost type that the file has, with all that follows up to the next one. Header rows may
 * come all first, or above the first record of their type; every part is opened by all that were read before it. A data
 * row that was filled up with empty fields beyond its own header is filled up to the widest header row again.
 *
 * Source: Coupa flat-file documentation, April 2026 (order confirmations: layout of the sample). House: the rest.
 */
export function createGroupedLayout(options: GroupedLayoutOptions): Layout {
  return new GroupedLayout(options)
}

class GroupedLayout implements Layout {
  readonly #options: GroupedLayoutOptions
  readonly #headers = new Map<RecordSchema, TypeHeader>()
  #top: RecordSchema | undefined
  #width = 0
  #text = ''
  #bytes = 0
  #rows = 0
  #line = 0

  constructor(options: GroupedLayoutOptions) {
    this.#options = options
  }

  take(record: SourceRecord): void {
    const sorted = this.#options.sorter.sort(record)
    if (!sorted) throw new GatewayError('CSV_MALFORMED', { line: record.line, reason: 'record-type' })
    const { record: type, kind } = sorted
    if (kind === 'header-again') return
    if (kind === 'header') {
      this.#takeHeader(type, record)
      return
    }
    const header = this.#headers.get(type)
    if (!header) throw new GatewayError('CSV_MALFORMED', { line: record.line, reason: 'no-header-row' })
    this.#takeRow(type, header.plan, record)
  }

  end(): void {
    this.#closeGroup()
  }

  #closeGroup(): void {
    const { cutter } = this.#options
    if (this.#rows > 0) cutter.add({ text: this.#text, rows: this.#rows, line: this.#line })
    // Only now: the group holds the header rows that came after its start.
    cutter.setHead([...this.#headers.values()].map(({ text }) => text).join(''))
    this.#text = ''
    this.#bytes = 0
    this.#rows = 0
  }

  #takeHeader(type: RecordSchema, record: SourceRecord): void {
    const { schema, encode, onPlan } = this.#options
    const plan = planTypeHeader(type, textsOf(record).slice(0, filledWidth(record)))
    onPlan(type, plan)
    const text = encode(plan.columns.map(({ name }) => name))
    this.#headers.set(type, { plan, text })
    this.#width = Math.max(this.#width, plan.columns.length)
    this.#top = schema.records.find((each) => this.#headers.has(each))
    if (this.#rows > 0) this.#append(text)
    else this.#closeGroup()
  }

  #takeRow(type: RecordSchema, plan: ColumnPlan, record: SourceRecord): void {
    if (type === this.#top) this.#closeGroup()
    const fields = plan.columns.map(({ sourceIndex }) => record.text(sourceIndex))
    if (record.fieldCount !== plan.sourceWidth) {
      checkFill(plan, record)
      while (fields.length < this.#width) fields.push('')
    }
    if (this.#rows === 0) this.#line = record.line
    this.#rows += 1
    this.#append(this.#options.encode(fields))
  }

  #append(text: string): void {
    this.#text += text
    this.#bytes += Buffer.byteLength(text)
    this.#options.cutter.checkSize(this.#rows, this.#bytes, this.#line)
  }
}

/** The first cell is always sent, whatever it says: it is what tells the types apart. */
function planTypeHeader(type: RecordSchema, header: readonly string[]): ColumnPlan {
  const plan = planColumns({ header, record: type })
  if (plan.columns[0]?.sourceIndex === 0) return plan
  const name = type.discriminator?.column ?? (header[0] ?? '').trim()
  return {
    ...plan,
    columns: [{ name, sourceIndex: 0 }, ...plan.columns],
    dropped: plan.dropped.filter(({ index }) => index !== 0),
  }
}

/** More fields than columns are fill when they hold nothing; fewer are never made up for. */
function checkFill(plan: ColumnPlan, record: SourceRecord): void {
  const { line, fieldCount } = record
  const fill = textsOf(record).slice(plan.sourceWidth)
  if (fill.length > 0 && fill.every((text) => text === '')) return
  throw new GatewayError('CSV_FIELD_COUNT', { line, fields: fieldCount, columns: plan.sourceWidth })
}
