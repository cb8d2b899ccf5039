import type { Finding } from '../../base/index.ts'
import type { RecordView } from '../../csv/index.ts'
import { readForeignNumber } from '../cells/foreign-number.ts'
import type { Foreign, LintContext } from '../rule.ts'
import { createLinter } from '../linter.ts'

/** What must be known of a whole file before the first row of it can be mended. */
export interface Survey {
  readonly foreign: Foreign | undefined
  /** Line of the first header row; titles may stand above it. */
  readonly headerLine: number
  /** Some bytes are not UTF-8. */
  readonly hasBadBytes: boolean
  /** Records end in both ways. */
  readonly hasMixedLineEnds: boolean
  /** Some rows do not have the fields of their header, so that no column may be taken out. */
  readonly hasRaggedRows: boolean
  /** Bytes of a line were skipped when it was read: a copy of it would lose them. */
  readonly hasLongRecords: boolean
  readonly commaColumns: ReadonlySet<number>
  /** Widths to which the numbers of a column are padded with zeros, by index. */
  readonly paddedWidths: ReadonlyMap<number, number>
}

/** Where in a column of numbers a comma was a decimal mark for certain, and where a point was. */
interface Marks {
  readonly comma: Set<number>
  readonly point: Set<number>
}

/** Rules that say of a row that its fields are in doubt. */
const DOUBTFUL_SHAPE = ['R101', 'F203', 'F204', 'F205', 'F208']

const RETURN = 13

/** Looks at a whole file. All rules run, also those that are ignored: what they know is needed here. */
export async function surveyFile(source: AsyncIterable<Uint8Array>, context: LintContext): Promise<Survey> {
  const marks: Marks = { comma: new Set(), point: new Set() }
  const paddedWidths = new Map<number, number>()
  /** Where the last record ended, and where the next must start. */
  let ended = 0
  let next: number | undefined
  let isSkipped = false
  const linter = createLinter(context, {
    maxFindings: 0,
    select: ['F', 'R', 'C302', 'K107'],
    onRecord(view, findings) {
      if (!view) {
        for (const { code, at, fix } of findings) {
          const width = fix?.replacement?.length
          if (code === 'K107' && at.field !== undefined && width !== undefined) paddedWidths.set(at.field - 1, width)
        }
        return
      }
      isSkipped ||= next !== undefined && view.offset !== next
      ended = endOf(view)
      next = ended + (view.bytes[view.contentEnd(view.fieldCount)] === RETURN ? 2 : 1)
      weigh(view, findings, marks)
    },
  })
  for await (const chunk of source) linter.write(chunk)
  const { byRule, foreign, bytes, headers } = linter.end()
  const has = (code: string): boolean => (byRule[code] ?? 0) > 0
  return {
    foreign,
    headerLine: headers[0]?.line ?? 1,
    hasBadBytes: has('F101'),
    hasMixedLineEnds: has('F206'),
    hasRaggedRows: DOUBTFUL_SHAPE.some(has),
    hasLongRecords: !foreign && (isSkipped || (next !== undefined && bytes !== ended && bytes !== next)),
    commaColumns: new Set([...marks.comma].filter((index) => !marks.point.has(index))),
    paddedWidths,
  }
}

/** Byte of the file behind the record, its line end left out. */
function endOf(view: RecordView): number {
  return view.offset + view.contentEnd(view.fieldCount) - view.contentStart(0) + (view.isQuoted(0) ? 1 : 0)
}

function weigh(view: RecordView, findings: readonly Finding[], marks: Marks): void {
  for (const { code, at, value } of findings) {
    if (code !== 'C302' || at.field === undefined || value === undefined) continue
    const readings = readForeignNumber(value)?.readings ?? []
    if (readings.length !== 1) continue
    // `12,5` and `1.234,5` end in the comma; `1,234.5` and `1,234,567` do not.
    const isComma = value.lastIndexOf(',') > value.lastIndexOf('.') && value.split(',').length === 2
    ;(isComma ? marks.comma : marks.point).add(at.field - 1)
  }
  for (const index of marks.comma) {
    if (!marks.point.has(index) && /^[+-]?\d+\.\d+$/.test(view.text(index))) marks.point.add(index)
  }
}
