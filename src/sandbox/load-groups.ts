import type { RecordType, SchemaDefinition } from '../schema/index.ts'
import type { UploadError } from './load-record.ts'
import { createRecordJudge } from './record-judge.ts'
import type { RowGroup } from './read-rows.ts'
import type { RecordTable } from './record-table.ts'

/** What became of the records of a file. */
export interface LoadOutcome {
  readonly created: number
  readonly updated: number
  readonly errors: readonly UploadError[]
}

/** What records are loaded into. */
export interface LoadTarget {
  readonly definition: SchemaDefinition
  /** The record type of the heads. */
  readonly record: RecordType
  readonly table: RecordTable
}

/**
 * Loads records one by one, in file order: good ones are kept, bad ones are reported and left out. A header and its
 * lines are loaded together or not at all. House: a blank cell of an update leaves the value as it was, because
 * Coupa's documentation does not say that it clears it.
 */
export function loadGroups(groups: readonly RowGroup[], target: LoadTarget): LoadOutcome {
  const { record, table } = target
  const judge = createRecordJudge(target)
  const idColumn = record.columns.find(({ isAssignedByCoupa }) => isAssignedByCoupa)?.name
  const errors: UploadError[] = []
  let created = 0
  let updated = 0
  for (const { head, lines } of groups) {
    const existing = judge.findExisting(head.values)
    const values = judge.settle({ ...existing?.values, ...head.values })
    const faults = [judge.judgeHead(head, values, existing), ...lines.map((line) => judge.judgeLine(line))]
    const found = faults.filter((fault) => fault !== undefined)
    if (found.length > 0) {
      errors.push(...found)
      continue
    }
    const id = existing?.id ?? table.nextId()
    table.put({
      id,
      values: idColumn === undefined ? values : { ...values, [idColumn]: String(id) },
      ...(lines.length > 0 && { lines: lines.map((line) => line.values) }),
    })
    if (existing) updated += 1
    else created += 1
  }
  return { created, updated, errors }
}
