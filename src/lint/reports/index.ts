// The forms of a report that few calls ask for; loaded together when one of them is asked for.

export { reportAsConcise } from './report-concise.ts'
export { reportAsCsv } from './report-csv.ts'
export { reportAsGithub } from './report-github.ts'
export { runAsHtml } from './report-html.ts'
export { reportAsJson, runAsJson } from './report-json.ts'
export { reportAsJsonl } from './report-jsonl.ts'
export { runAsJunit } from './report-junit.ts'
export { createRowReport } from './report-rows.ts'
export { runAsSarif } from './report-sarif.ts'
export { statisticsAsText } from './report-statistics.ts'
