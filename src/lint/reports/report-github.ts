import type { Finding } from '../../base/index.ts'
import { countsAsText } from './report-text.ts'
import type { LintedSubject } from './lint-run.ts'

const COMMANDS: Readonly<Record<Finding['severity'], string>> = { error: 'error', warning: 'warning', info: 'notice' }

/**
 * Workflow commands by which GitHub Actions marks places of a file.
 *
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", and the toolkit's escaping of data and properties.
 */
export function reportAsGithub({ subject, report }: LintedSubject): string {
  const lines = report.findings.map(({ severity, code, rule, message, hint, at, excerpt }) => {
    const from = at.line === undefined ? undefined : excerpt?.character
    const properties = {
      file: subject.path,
      line: at.line,
      col: from,
      endColumn: from === undefined || !excerpt ? undefined : from + excerpt.width,
      title: `${code} ${rule}${at.cell === undefined ? '' : ` (${at.cell})`}`,
    }
    const words = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    return `::${COMMANDS[severity]} ${words.join(',')}::${escapeData(`${message}\n${hint}`)}`
  })
  if (report.cut > 0) {
    const text = `${report.cut} more not listed; in all ${countsAsText(report.counts)}`
    lines.push(`::notice file=${escapeProperty(subject.path)}::${text}`)
  }
  return lines.join('\n')
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
