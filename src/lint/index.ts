export { findRule } from './find-rule.ts'
export { createLinter, type Linter, type LintOptions } from './linter.ts'
export type { LintReport, ReportHeader } from './lint-report.ts'
export { lintStream } from './lint-stream.ts'
export type {
  CellRule,
  FileRule,
  Foreign,
  HeaderRule,
  LintContext,
  RecordRule,
  Remark,
  RowRule,
  Rule,
  RuleFacts,
} from './rule.ts'
export { RULES } from './rules/index.ts'
export { type RuleSelection, selectRules } from './select-rules.ts'
