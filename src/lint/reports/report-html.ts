import { createHash } from 'node:crypto'
import type { Excerpt, Finding } from '../../base/index.ts'
import { findRule } from '../find-rule.ts'
import { escapeHtml } from './escape-html.ts'
import { HTML_SCRIPT, HTML_STYLE } from './html-parts.ts'
import { type LintedSubject, type LintRun, sumCounts } from './lint-run.ts'
import { countsAsText } from './report-text.ts'

/**
 * One page for people: all findings with their lines, filters and a form for paper. It loads nothing, and its policy
 * lets nothing run but its own few lines; whatever a file holds is text in it.
 */
export function runAsHtml(run: LintRun): string {
  const policy = `default-src 'none'; style-src '${digest(HTML_STYLE)}'; script-src '${digest(HTML_SCRIPT)}'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>flatgate lint: ${escapeHtml(countsAsText(sumCounts(run.files)))}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<h1>${escapeHtml(countsAsText(sumCounts(run.files)))}</h1>
<p class="faint">${run.files.length} ${run.files.length === 1 ? 'file' : 'files'}, checked by flatgate ${escapeHtml(run.flatgate)}</p>
${filterForm(run)}
${run.files.map(fileSection).join('\n')}
<script>${HTML_SCRIPT}</script>
</body>
</html>`
}

function filterForm({ files }: LintRun): string {
  const codes = [...new Set(files.flatMap(({ report }) => report.findings.map(({ code }) => code)))].sort()
  const options = codes.map((code) => {
    const label = `${code} ${findRule(code)?.name ?? ''}`.trim()
    return `<option value="${escapeHtml(code)}">${escapeHtml(label)}</option>`
  })
  const boxes = ['error', 'warning', 'info'].map(
    (severity) => `<label><input type="checkbox" name="${severity}" checked> ${severity}</label>`,
  )
  return `<form hidden>
${boxes.join('\n')}
<label>Rule <select name="rule"><option value="">all</option>${options.join('')}</select></label>
<label>Text <input type="search" name="text"></label>
<output class="faint"></output>
</form>`
}

function fileSection({ subject, report }: LintedSubject): string {
  const { path, object, direction, release } = subject
  const about = `${object} ${direction}, release ${release}; ${report.rows} rows, ${report.bytes} bytes`
  const notes = [
    ...(report.cut > 0 ? [`${report.cut} more findings are not listed.`] : []),
    ...(report.accepted > 0 ? [`${report.accepted} findings are accepted by the baseline.`] : []),
  ]
  return `<section>
<h2>${escapeHtml(path)}</h2>
<p class="faint">${escapeHtml(about)}</p>
<p>${escapeHtml(countsAsText(report.counts))}</p>
${report.findings.length === 0 ? '' : findingTable(report.findings)}
${notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('\n')}
</section>`
}

function findingTable(findings: readonly Finding[]): string {
  return `<table>
<thead><tr><th>Place</th><th>Severity</th><th>What is wrong, and what to do</th></tr></thead>
<tbody>
${findings.map(findingRow).join('\n')}
</tbody>
</table>`
}

function findingRow({ code, rule, severity, message, hint, at, excerpt }: Finding): string {
  const place = at.line === undefined ? 'file' : `line ${at.line}${at.cell === undefined ? '' : `, ${at.cell}`}`
  const column = at.column === undefined ? '' : `<br><span class="faint">${escapeHtml(at.column)}</span>`
  return `<tr data-severity="${severity}" data-code="${escapeHtml(code)}"><td class="place">${escapeHtml(place)}${column}</td><td class="${severity}">${severity}</td><td class="text">${escapeHtml(message)} <span class="faint">${escapeHtml(`${code} ${rule}`)}</span>${excerpt ? `<pre>${markedLine(excerpt)}</pre>` : '<br>'}→ ${escapeHtml(hint)}</td></tr>`
}

function markedLine({ text, caret, width }: Excerpt): string {
  const points = Array.from(text)
  const [before, place, after] = [
    points.slice(0, caret),
    points.slice(caret, caret + width),
    points.slice(caret + width),
  ]
  return `${escapeHtml(before.join(''))}<mark>${escapeHtml(place.join(''))}</mark>${escapeHtml(after.join(''))}`
}

/** Names a script or style in the policy of the page. Source: Content Security Policy Level 3, section 2.3.1. */
function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
