/** Forms of a report. */
export const LINT_FORMATS = ['text', 'concise', 'json', 'jsonl', 'sarif', 'github', 'junit', 'html', 'csv'] as const

/** One of {@link LINT_FORMATS}. */
export type LintFormat = (typeof LINT_FORMATS)[number]
