import type { Finding } from '../base/index.ts'
import type { RecordView } from '../csv/index.ts'

/** Whether a finding is about a field of the record, or about the record: a remark may be about an earlier row, or the file. */
export function isOfRecord({ at }: Pick<Finding, 'at'>, view: RecordView): boolean {
  if (at.line === undefined) return false
  if (at.line === view.line) return true
  return at.line > view.line && at.line <= view.lineOf(view.fieldCount - 1)
}
