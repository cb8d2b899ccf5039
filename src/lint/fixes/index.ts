// What mends a file; loaded together when something is to be mended.

export { createDiffWriter } from './diff-writer.ts'
export { createPartSplitter } from './part-splitter.ts'
export { planFix } from './plan-fix.ts'
