import type { Finding, Severity } from '../base/index.ts'
import { createScanner, type RecordView } from '../csv/index.ts'
import { createFindingGate } from './finding-gate.ts'
import { createFindingWriter, type Standing } from './finding-writer.ts'
import { foreignBytes, HEAD_BYTES } from './foreign.ts'
import { type LintReport, reportHeader } from './lint-report.ts'
import { createRecordJudge } from './record-judge.ts'
import { budgetOf } from './keys/memory-budget.ts'
import { createRecordKeys } from './record-keys.ts'
import type { FileFacts, Foreign, LintContext, Rule } from './rule.ts'
import { RULES } from './rules/index.ts'
import { countTitleRows, TITLE_BYTES } from './title-rows.ts'
import { fitsRule, type RuleSelection, rulesInContext, selectRules, weighRules } from './select-rules.ts'

/** How a file is linted. */
export interface LintOptions extends RuleSelection {
  /** Findings listed in the report; the first ones in file order. Default 1,000: more than a person reads. */
  readonly maxFindings?: number
  /** Gets every finding while the file is read, also those that the report leaves out. */
  readonly onFinding?: (finding: Finding) => void
  /** Default: all of `RULES`. */
  readonly rules?: readonly Rule[]
  /** Severity that a rule has whatever it says itself, by code, beginning of a code or name. */
  readonly severities?: Readonly<Record<string, Severity>>
  /** Whether listed findings show their physical line. Costs nothing on clean files. */
  readonly hasExcerpts?: boolean
  /** Whether ignored rules run unheard, so that the report can name words of `ignore` that left nothing out. */
  readonly notesUnusedIgnores?: boolean
  /** Gets every finding with a key of its record; those for which it holds are neither counted nor listed. */
  readonly isAccepted?: (finding: Finding, recordKey: string) => boolean
  /** Bytes to come, where that is known: tables of keys are then made as large as they will be. */
  readonly sizeBytes?: number | undefined
  /** Gets every record with all its findings; at the end, with no record, the findings that belong to none. */
  readonly onRecord?: (view: RecordView | undefined, findings: readonly Finding[]) => void
}

/** The lint of one file, fed piece by piece. */
export interface Linter {
  /** Takes the next bytes of the file, of any size. The chunk may be reused afterwards. */
  write(chunk: Uint8Array): void
  /** Ends the file. Call it once. */
  end(): LintReport
}

/**
 * Makes a linter for one file. Memory stays the same however long the file is, but for what key rules remember.
 *
 * @throws {GatewayError} `USAGE` `select` or `ignore` holds a word that fits no rule.
 */
export function createLinter(context: LintContext, options: LintOptions = {}): Linter {
  const { maxFindings = 1_000, rules: all = RULES, ignore = [], select } = options
  const chosen = selectRules(all, options)
  const runs = options.notesUnusedIgnores ? selectRules(all, select ? { select } : {}) : chosen
  const muted = runs.filter((rule) => !chosen.includes(rule))
  const rules = rulesInContext(runs, context)
  const standing: Standing = { record: 0, row: undefined, header: undefined }
  const gate = createFindingGate(
    {
      ...options,
      maxFindings,
      severities: options.severities && weighRules(all, options.severities),
      muted: muted.length > 0 ? new Set(muted.map(({ code }) => code)) : undefined,
    },
    createRecordKeys(context, standing),
  )
  const writer = createFindingWriter(gate, standing)
  const fileRuns = rules.filter((rule) => rule.place === 'F').map((rule) => rule.start(context, writer.forFile(rule)))
  const judge = createRecordJudge({ context, rules, fileRuns, writer, standing, titleRows: () => titleRows })
  const scanner = createScanner({
    fault: (fault) => judge.fault(fault),
    record(view) {
      judge.record(view)
      gate.endRecord(view)
    },
  })
  let bytes = 0
  const { sizeBytes = 0 } = options
  if (sizeBytes > 0) budgetOf(context).foresee(() => bytes / sizeBytes)
  /** The first bytes until there are enough of them to tell what the file is. */
  let head: Uint8Array | undefined = new Uint8Array()
  let notText: Foreign | undefined
  let titleRows = 0

  function takeHead(): void {
    const first = head ?? new Uint8Array()
    head = undefined
    notText = foreignBytes(first.subarray(0, HEAD_BYTES))
    if (notText || first.length === 0) return
    titleRows = countTitleRows(first, context.schema.records)
    scanner.write(first)
  }

  return {
    write(chunk) {
      bytes += chunk.length
      if (head) {
        head = Buffer.concat([head, chunk])
        if (head.length >= TITLE_BYTES) takeHead()
      } else if (!notText) {
        scanner.write(chunk)
      }
    },
    end() {
      if (head) takeHead()
      const summary = scanner.end()
      const { rows, headers, records, foreign } = judge.close()
      standing.record = 0
      const facts: FileFacts = {
        ...summary,
        bytes,
        rows,
        headerRows: headers.length,
        titleRows,
        foreign: notText ?? foreign,
      }
      for (const run of fileRuns) run.end?.(facts)
      const [first] = headers
      for (const rule of rules) {
        if (rule.place === 'H' && first) rule.end?.(first, facts, writer.forHeader(rule, first), context)
      }
      const { mutedCodes, ...sum } = gate.close()
      const unusedIgnores = ignore.filter(
        (word) => !muted.some((rule) => fitsRule(word, rule) && mutedCodes.has(rule.code)),
      )
      const scratchBytes = context.keyMemory?.scratch?.sizeBytes ?? 0
      return {
        bytes,
        rows,
        ...sum,
        headers: headers.map(reportHeader),
        records,
        ...(facts.foreign && { foreign: facts.foreign }),
        ...(scratchBytes > 0 && { scratchBytes }),
        ...(options.notesUnusedIgnores && { unusedIgnores }),
      }
    },
  }
}
