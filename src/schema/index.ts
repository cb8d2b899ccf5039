export type {
  Attribute,
  Column,
  ColumnFormat,
  ColumnType,
  Condition,
  Direction,
  Discriminator,
  Key,
  KeyRule,
  ListForm,
  RecordType,
  Reference,
  SchemaDefinition,
} from './definition.ts'
export type { CustomField, FileSchema, RecordSchema, SchemaColumn } from './file-schema.ts'
export { bestRecordType, countKnownCells, filledWidth, type RowCells } from './header-fit.ts'
export { isUncertain } from './is-uncertain.ts'
export { listSchemas } from './list-schemas.ts'
export { loadSchema, suggestObject } from './load-schema.ts'
export { normaliseHeader } from './normalise-header.ts'
export { checkPromptName } from './prompt-name.ts'
export {
  DEFAULT_RELEASE,
  describeReleases,
  isInRelease,
  lastRelease,
  parseRelease,
  type Release,
  RELEASES,
} from './releases.ts'
export { createRecordSorter, type RecordSorter, type SortedRecord } from './record-sorter.ts'
export { type Candidate, recognise, type Recognisable, type Recognition } from './recognise.ts'
export type { RecordSummary, SchemaSummary } from './schema-summary.ts'
export { type SchemaChoice, selectSchema } from './select-schema.ts'
export { conditionHolds } from './condition-holds.ts'
export { suggestColumn } from './suggest-column.ts'
export { templateRows, type TemplateRow } from './template-rows.ts'
export { compareTemplate, type FoundField, type TemplateComparison } from './compare-template.ts'
export { type ColumnDifference, diffReleases, type SchemaDifference } from './diff.ts'
export { asDot, asMermaid, neededFor } from './load-graph.ts'
export { type LoadEdge, type LoadOrder, loadOrder } from './load-order.ts'
export { type MatchedFolder, matchFolders, soundsAlike } from './match-folders.ts'
export { describeRules, describeType, doubtsOf } from './describe-column.ts'
