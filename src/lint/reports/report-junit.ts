import type { Finding } from '../../base/index.ts'
import { type LintedSubject, type LintRun, sumCounts } from './lint-run.ts'

/**
 * JUnit XML, as CI servers read it: a suite per file and a case per finding. Errors are failures; warnings and infos
 * are passed cases that say so. A file without findings is one passed case.
 */
export function runAsJunit({ files }: LintRun): string {
  const tests = files.reduce((sum, { report }) => sum + casesOf(report), 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="flatgate lint" tests="${tests}" failures="${sumCounts(files).error}" errors="0">`,
    ...files.map(suiteOf),
    '</testsuites>',
  ].join('\n')
}

/** Cut findings are counted too, as one case each in the numbers; they have no element. */
function casesOf({ counts }: LintedSubject['report']): number {
  return Math.max(1, counts.error + counts.warning + counts.info)
}

function suiteOf({ subject, report }: LintedSubject): string {
  const { path } = subject
  const cases = report.findings.map((finding) => caseOf(path, finding))
  if (cases.length === 0 && report.cut === 0) cases.push(`    <testcase name=${attribute(path)} classname="flatgate"/>`)
  const more =
    report.cut > 0 ? [`    <system-out>${content(`${report.cut} more findings are not listed`)}</system-out>`] : []
  return [
    `  <testsuite name=${attribute(path)} tests="${casesOf(report)}" failures="${report.counts.error}" errors="0">`,
    ...cases,
    ...more,
    '  </testsuite>',
  ].join('\n')
}

function caseOf(path: string, { code, rule, severity, message, hint, at }: Finding): string {
  const place = at.line === undefined ? '' : ` line ${at.line}${at.cell === undefined ? '' : ` (${at.cell})`}`
  const head = `    <testcase name=${attribute(`${code} ${rule}${place}`)} classname=${attribute(path)}${at.line === undefined ? '' : ` line="${at.line}"`}>`
  const text = content(`${path}${place}: ${message}\n${hint}`)
  const body =
    severity === 'error'
      ? `<failure type="${code}" message=${attribute(message)}>${text}</failure>`
      : `<system-out>${content(`${severity}: `)}${text}</system-out>`
  return `${head}\n      ${body}\n    </testcase>`
}

/** What XML 1.0 cannot hold, not even escaped. Source: XML 1.0 section 2.2. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function content(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(NOT_XML, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** Line ends and tabs of an attribute would be read back as blanks. */
function attribute(text: string): string {
  const escaped = content(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;')
  return `"${escaped}"`
}
