import type { Finding } from '../base/index.ts'
import { createScanner } from '../csv/index.ts'
import { createFindingList } from './finding-list.ts'
import { createFindingWriter, type Standing } from './finding-writer.ts'
import { foreignBytes, HEAD_BYTES } from './foreign.ts'
import { type LintReport, reportHeader } from './lint-report.ts'
import { createRecordJudge } from './record-judge.ts'
import type { FileFacts, Foreign, LintContext, Rule } from './rule.ts'
import { RULES } from './rules/index.ts'
import { type RuleSelection, rulesInContext, selectRules } from './select-rules.ts'

/** How a file is linted. */
export interface LintOptions extends RuleSelection {
  /** Findings listed in the report; the first ones in file order. Default 1,000: more than a person reads. */
  readonly maxFindings?: number
  /** Gets every finding while the file is read, also those that the report leaves out. */
  readonly onFinding?: (finding: Finding) => void
  /** Default: all of `RULES`. */
  readonly rules?: readonly Rule[]
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
  const { maxFindings = 1_000, onFinding, rules: all = RULES } = options
  const rules = rulesInContext(selectRules(all, options), context)
  const standing: Standing = { record: 0, row: undefined, header: undefined }
  const list = createFindingList(maxFindings, onFinding)
  const writer = createFindingWriter(list, standing)
  const fileRuns = rules.filter((rule) => rule.place === 'F').map((rule) => rule.start(context, writer.forFile(rule)))
  const judge = createRecordJudge({ context, rules, fileRuns, writer, standing })
  const scanner = createScanner(judge)
  let bytes = 0
  /** The first bytes until there are enough of them to tell what the file is. */
  let head: Uint8Array | undefined = new Uint8Array()
  let notText: Foreign | undefined

  function feed(chunk: Uint8Array): void {
    for (const run of fileRuns) run.bytes?.(chunk)
    scanner.write(chunk)
  }

  function takeHead(): void {
    const first = head ?? new Uint8Array()
    head = undefined
    notText = foreignBytes(first)
    if (!notText && first.length > 0) feed(first)
  }

  return {
    write(chunk) {
      bytes += chunk.length
      if (head) {
        head = Buffer.concat([head, chunk])
        if (head.length >= HEAD_BYTES) takeHead()
      } else if (!notText) {
        feed(chunk)
      }
    },
    end() {
      if (head) takeHead()
      const summary = scanner.end()
      const { rows, headers, foreign } = judge.close()
      standing.record = 0
      const facts: FileFacts = { ...summary, bytes, rows, headerRows: headers.length, foreign: notText ?? foreign }
      for (const run of fileRuns) run.end?.(facts)
      const [first] = headers
      for (const rule of rules) {
        if (rule.place === 'H' && first) rule.end?.(first, facts, writer.forHeader(rule, first), context)
      }
      const report = { bytes, rows, ...list.close(), headers: headers.map(reportHeader) }
      return facts.foreign ? { ...report, foreign: facts.foreign } : report
    },
  }
}
