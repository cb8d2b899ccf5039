export type { PreparedPart, PartLimits } from './part-cutter.ts'
export { partName, type PartNameParts } from './part-name.ts'
export type { OpenPart, PartSink } from './part-writer.ts'
export {
  type ColumnPlan,
  type DroppedColumn,
  type DropReason,
  planColumns,
  type PlannedColumn,
  type PlanOptions,
} from './plan-columns.ts'
export { type PreparedParts, prepareParts, type PrepareOptions, type RecordPlan } from './prepare-parts.ts'
export type { SourceReader } from './read-source.ts'
export { stagingPath } from './staging-path.ts'
