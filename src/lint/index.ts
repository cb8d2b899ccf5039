export { findRule } from './find-rule.ts'
export { createLinter, type Linter, type LintOptions } from './linter.ts'
export type { LintReport, ReportHeader } from './lint-report.ts'
export { addLateExcerpts } from './late-excerpts.ts'
export { lintStream } from './lint-stream.ts'
export type {
  ArchiveFacts,
  CellRule,
  FileRule,
  Foreign,
  HeaderRule,
  KeyMemory,
  LintContext,
  RecordRule,
  Remark,
  RowRule,
  Rule,
  RuleFacts,
} from './rule.ts'
export { KEY_MEMORY_BYTES } from './keys/memory-budget.ts'
export type { Scratch } from './keys/scratch.ts'
export { RULES } from './rules/index.ts'
export { fitsRule, type RuleSelection, selectRules } from './select-rules.ts'
export { loadFixes, loadReports } from './on-demand.ts'
export type { JsonFileReport, JsonReport } from './reports/report-json.ts'
export type { RowReport } from './reports/report-rows.ts'
export { countsAsText, reportAsText, type ReportStyle, type ReportSubject, runAsText } from './reports/report-text.ts'
export { type LintedSubject, type LintRun, sumCounts } from './reports/lint-run.ts'
export {
  type AcceptedFinding,
  type Baseline,
  createBaseline,
  createBaselineRecorder,
  encodeBaseline,
  parseBaseline,
} from './baseline/baseline.ts'
export type { FixedRecord } from './fixes/fixer.ts'
export type { FixPlan, FixSum } from './fixes/plan-fix.ts'
export { createRunNames, type RunNames } from './names/run-names.ts'
export {
  type AcceptedMemory,
  createAcceptedMemory,
  type FillableMemory,
  type MemoryLimits,
  type TakenKey,
  type TakenRate,
} from './memory/accepted-memory.ts'
export {
  type AcceptedRow,
  type AcceptedRowKey,
  type AcceptedRowReader,
  createAcceptedRowReader,
} from './memory/accepted-row-reader.ts'
export { type NeededMemory, neededMemory } from './memory/needed-memory.ts'
export { recall, type TakenRows } from './memory/recall.ts'
