import { ERROR_TABLE, type ErrorRow } from '../../src/base/index.ts'

/** `docs/reference/errors.md`. */
export function errorsPage(): string {
  const rows = Object.entries<ErrorRow>(ERROR_TABLE).map(
    ([code, { summary, next, retry, exit }]) => `| \`${code}\` | ${summary} | ${next} | ${retry} | ${exit} |`,
  )
  return `<!-- Written by scripts/gen.ts from src/base/error-table.ts. Do not edit. -->

# Errors

An error means that flatgate could not do its work; what is wrong with a file is a [finding](rules.md) instead.
Codes are never reused. *Again* tells whether the same act may be tried again: \`safe\` nothing happened,
\`never\` a person must change something first, \`check-first\` it may have happened: flatgate looks before it acts.

| code | what happened | what to do | again | exit |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}
