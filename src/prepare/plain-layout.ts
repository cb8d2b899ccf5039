import { GatewayError } from '../base/index.ts'
import type { ColumnPlan } from './plan-columns.ts'
import type { PartCutter } from './part-cutter.ts'
import type { SourceRecord } from './source-record.ts'

/** Turns the fields of a record into its text, line end included. */
export type EncodeFields = (fields: readonly string[]) => string

/** Takes the records of a file one by one, header rows included. */
export interface Layout {
  take(record: SourceRecord): void
  end(): void
}

/** A file with one header row: every record is a group of its own. The header row is read already. */
export function createPlainLayout(plan: ColumnPlan, encode: EncodeFields, cutter: PartCutter): Layout {
  cutter.setHead(encode(plan.columns.map(({ name }) => name)))
  const indexes = plan.columns.map(({ sourceIndex }) => sourceIndex)
  return {
    take(record) {
      const { line, fieldCount } = record
      if (fieldCount !== plan.sourceWidth) {
        throw new GatewayError('CSV_FIELD_COUNT', { line, fields: fieldCount, columns: plan.sourceWidth })
      }
      cutter.add({ text: encode(indexes.map((index) => record.text(index))), rows: 1, line })
    },
    end: () => undefined,
  }
}
