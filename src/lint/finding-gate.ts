import type { Finding, Severity, SeverityCounts } from '../base/index.ts'
import type { RecordView } from '../csv/index.ts'
import { excerptsOf } from './excerpt.ts'
import { compareFindings, createFindingList } from './finding-list.ts'
import { isOfRecord } from './is-of-record.ts'
import { type RecordKeys, WHOLE_FILE } from './record-keys.ts'
import type { Remark, Rule } from './rule.ts'

/** What the gate does beyond counting and listing. */
export interface GateOptions {
  readonly maxFindings: number
  readonly onFinding?: ((finding: Finding) => void) | undefined
  /** Whether listed findings show their line. */
  readonly hasExcerpts?: boolean | undefined
  /** Severities that rules have here, by code; the rules' own where absent. */
  readonly severities?: ReadonlyMap<string, Severity> | undefined
  /** Codes whose remarks are only noted in `mutedCodes`. */
  readonly muted?: ReadonlySet<string> | undefined
  /** Gets every finding with the key of its record; a finding for which it holds is left out and counted apart. */
  readonly isAccepted?: ((finding: Finding, recordKey: string) => boolean) | undefined
  /** Gets every record with its findings, and at the end, with no record, those that belong to none. */
  readonly onRecord?: ((view: RecordView | undefined, findings: readonly Finding[]) => void) | undefined
}

/** What has come through. */
export interface GateSum {
  readonly findings: readonly Finding[]
  readonly counts: SeverityCounts
  readonly cut: number
  readonly byRule: Readonly<Record<string, number>>
  readonly accepted: number
  readonly mutedCodes: ReadonlySet<string>
}

/** Decides of every remark whether it becomes a finding. */
export interface FindingGate {
  /** The severity of the finding to build; `undefined`: it need not be built. Counts it where nothing else decides. */
  admit(rule: Rule, remark: Remark, line: number): Severity | undefined
  /** Takes a finding that was admitted. */
  add(finding: Finding): void
  /** Says that the rules have seen a record; its findings are complete now. */
  endRecord(view: RecordView): void
  close(): GateSum
}

/**
 * Makes the gate of one file. Where findings need their record (for an excerpt, a key, a row of a report) they wait for
 * it, which is never more than the findings of one record.
 *
 * @param keys Of the record that the engine stands on.
 */
export function createFindingGate(options: GateOptions, keys: RecordKeys): FindingGate {
  const { severities, muted, isAccepted, onRecord, hasExcerpts } = options
  const list = createFindingList(options.maxFindings, options.onFinding)
  const byRule = new Map<string, number>()
  const mutedCodes = new Set<string>()
  /** Every finding is built, and counted only when it is settled. */
  const seesAll = isAccepted !== undefined || onRecord !== undefined
  const waits = seesAll || hasExcerpts === true
  /** A record of 1 MiB may have a million findings: where nobody wants them all, those that may be listed wait. */
  const mostWaiting = seesAll || options.onFinding !== undefined ? Infinity : options.maxFindings * 2
  let waiting: Finding[] = []
  let accepted = 0

  function count(code: string, severity: Severity, line: number): boolean {
    byRule.set(code, (byRule.get(code) ?? 0) + 1)
    return list.wants(severity, line)
  }

  function settle(view: RecordView | undefined): void {
    const settled: Finding[] = []
    const excerptAt = hasExcerpts && view ? excerptsOf(view) : undefined
    for (const bare of waiting) {
      const isHere = view !== undefined && isOfRecord(bare, view)
      if (isAccepted?.(bare, isHere ? keys.of(bare, view) : WHOLE_FILE)) {
        accepted += 1
        continue
      }
      if (seesAll && !count(bare.code, bare.severity, bare.at.line ?? 0) && !onRecord) continue
      const excerpt = isHere ? excerptAt?.(bare.at.line ?? 0, bare.at.field) : undefined
      const finding = excerpt ? { ...bare, excerpt } : bare
      list.add(finding)
      settled.push(finding)
    }
    waiting = []
    if (view || settled.length > 0) onRecord?.(view, settled)
  }

  return {
    admit(rule, remark, line) {
      if (muted?.has(rule.code)) {
        mutedCodes.add(rule.code)
        return undefined
      }
      const severity = severities?.get(rule.code) ?? remark.severity ?? rule.severity
      return seesAll || count(rule.code, severity, line) ? severity : undefined
    },
    add(finding) {
      if (!waits) {
        list.add(finding)
        return
      }
      waiting.push(finding)
      if (waiting.length <= mostWaiting) return
      waiting.sort(compareFindings)
      waiting.length = options.maxFindings
    },
    endRecord(view) {
      if (waiting.length > 0 || onRecord) settle(view)
    },
    close() {
      settle(undefined)
      const sorted = Object.fromEntries([...byRule].sort(([a], [b]) => (a < b ? -1 : 1)))
      return { ...list.close(), byRule: sorted, accepted, mutedCodes }
    },
  }
}
