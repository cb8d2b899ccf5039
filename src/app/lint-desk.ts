// What `flatgate lint` needs beyond the lint of one file; loaded together when it is called.

export { diffFile, fixedName, fixFile } from './lint-fix.ts'
export { spooledInput } from './lint-input.ts'
export { findInputs } from './lint-inputs.ts'
export { identifyRun, lintRun } from './lint-run.ts'
export { checkLintConfig, collectUnusedIgnores, lintOptionsFor } from './lint-settings.ts'
export { watchFolder } from './lint-watch.ts'
export { type LintMemory, type NoMemory, openLintMemory } from './lint-memory.ts'
