import type { Finding } from '../../base/index.ts'
import { findRule } from '../find-rule.ts'
import type { Rule } from '../rule.ts'
import type { LintedSubject, LintRun } from './lint-run.ts'

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

/**
 * SARIF 2.1.0, as code scanning services read it. Columns count code points.
 *
 * @param pages Markdown pages of the rules, by name; the summary alone stands for one that is missing.
 *
 * Source: OASIS Static Analysis Results Interchange Format (SARIF) 2.1.0.
 */
export function runAsSarif(run: LintRun, pages: ReadonlyMap<string, string>): string {
  const codes = [...new Set(run.files.flatMap(({ report }) => report.findings.map(({ code }) => code)))].sort()
  const rules = codes.map((code) => describeRule(findRule(code), code, pages))
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'flatgate', semanticVersion: run.flatgate, rules } },
        columnKind: 'unicodeCodePoints',
        artifacts: run.files.map(({ subject, report }) => ({
          location: { uri: uriOf(subject.path) },
          length: report.bytes,
          properties: { rows: report.rows, counts: report.counts, notListed: report.cut },
        })),
        results: run.files.flatMap((linted, index) => resultsOf(linted, index, codes)),
      },
    ],
  }
  return JSON.stringify(log, undefined, 2)
}

function describeRule(rule: Rule | undefined, code: string, pages: ReadonlyMap<string, string>): object {
  if (!rule) return { id: code }
  const page = pages.get(rule.name)
  const sources = rule.sources.map((source) => `- ${source}`).join('\n')
  const url = rule.sources.map((source) => /https:\/\/\S+/.exec(source)?.[0]).find((found) => found !== undefined)
  return {
    id: code,
    name: rule.name,
    shortDescription: { text: rule.summary },
    help: {
      text: `${rule.summary}\nSources:\n${sources}`,
      ...(page === undefined ? {} : { markdown: `${page.trimEnd()}\n\n## Source\n\n${sources}` }),
    },
    ...(url === undefined ? {} : { helpUri: url }),
    defaultConfiguration: { level: LEVELS[rule.severity] },
  }
}

function resultsOf({ subject, report }: LintedSubject, index: number, codes: readonly string[]): object[] {
  return report.findings.map((finding) => {
    const { code, severity, message, hint, at, value, fix } = finding
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: LEVELS[severity],
      message: { text: `${message.toWellFormed()}. ${hint.toWellFormed()}` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(subject.path), index }, ...regionOf(finding) },
          ...(at.cell === undefined ? {} : { logicalLocations: [{ name: at.cell, kind: 'element' }] }),
        },
      ],
      properties: { at, fix, ...(value === undefined ? {} : { value: value.toWellFormed() }) },
    }
  })
}

function regionOf({ at, excerpt }: Finding): object {
  if (at.line === undefined) return {}
  if (!excerpt) return { region: { startLine: at.line } }
  const { character, width, text } = excerpt
  return {
    region: { startLine: at.line, startColumn: character, endColumn: character + width, snippet: { text } },
  }
}

/** A path as a URI reference; a folder of Windows becomes one too. Source: RFC 3986 section 4.2. */
function uriOf(path: string): string {
  const encoded = path.toWellFormed().replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
  return /^[A-Za-z]%3A\//.test(encoded) ? `file:///${encoded}` : path.startsWith('/') ? `file://${encoded}` : encoded
}
