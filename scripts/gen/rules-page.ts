import { RULES } from '../../src/lint/index.ts'

const PLACES = {
  F: 'File: bytes, encoding, dialect, size, name',
  H: 'Header',
  R: 'Record: shape and groups',
  C: 'Cell',
  K: 'Keys and duplicates',
  X: 'Across columns, records and files',
  O: 'One object only',
  Z: 'Archive: a ZIP with a file and its attachments',
} as const

/** `docs/reference/rules.md`. */
export function rulesPage(): string {
  const sections = Object.entries(PLACES).map(([place, title]) => {
    const rows = RULES.filter(({ code }) => code.startsWith(place)).map(
      ({ code, name, severity, summary }) =>
        `| [${code}](../../src/lint/rules/${name}.md) | ${name} | ${severity} | ${summary} |`,
    )
    return `## ${title}\n\n| code | rule | severity | what it finds |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return `<!-- Written by scripts/gen.ts from src/lint/rules. Do not edit. -->

# Lint rules

${RULES.length} rules. \`flatgate explain CODE\` prints the page of one. A finding of level error rejects a file; warnings
and infos do not. Codes are never reused.

${sections.join('\n')}`
}
