import type { Finding, Severity, SeverityCounts } from '../base/index.ts'

/** Keeps the first findings of a file in file order and counts all. */
export interface FindingList {
  /** Counts a finding. `false`: it will not be listed, so it need not be built. */
  wants(severity: Severity, line: number): boolean
  /** Takes a finding that `wants` has counted. */
  add(finding: Finding): void
  /** What there is, in file order: line, field, code. */
  close(): { readonly findings: readonly Finding[]; readonly counts: SeverityCounts; readonly cut: number }
}

/**
 * Makes a list that holds at most twice `max` findings at any time.
 *
 * @param onFinding Gets every finding as it is found: by record, not sorted within one.
 */
export function createFindingList(max: number, onFinding?: (finding: Finding) => void): FindingList {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  let kept: Finding[] = []
  /** Line of the last finding that would be listed, once there are more than enough. */
  let lastLine = Infinity

  function cutBack(): void {
    kept.sort(compareFindings)
    kept.length = Math.min(kept.length, max)
    lastLine = kept.at(-1)?.at.line ?? 0
  }

  return {
    wants(severity, line) {
      counts[severity] += 1
      return onFinding !== undefined || (max > 0 && line <= lastLine)
    },
    add(finding) {
      onFinding?.(finding)
      if (max === 0 || (finding.at.line ?? 0) > lastLine) return
      kept.push(finding)
      if (kept.length >= max * 2) cutBack()
    },
    close() {
      if (kept.length > max) cutBack()
      else kept.sort(compareFindings)
      const findings = kept
      kept = []
      return { findings, counts: { ...counts }, cut: counts.error + counts.warning + counts.info - findings.length }
    },
  }
}

/** Sorts what belongs to the whole file first, then by line, field and code. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    (a.at.line ?? 0) - (b.at.line ?? 0) ||
    (a.at.field ?? 0) - (b.at.field ?? 0) ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  )
}
