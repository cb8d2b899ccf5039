import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { takenListOf } from '../memory/taken-list.ts'
import type { NameList } from '../names/name-list.ts'
import { rowPlace } from '../row-place.ts'
import { defineKeyRule, type FilePlace, type Header, type LintContext, type Row } from '../rule.ts'

/** House: fewer padded cells than this show no habit. */
const LEAST_PADDED = 3
/** House: a width that nine of ten cells have is the rule, and the others are the exception. */
const LEAST_SHARE = 0.9
/** House: no key of an ERP has more digits. */
const MAX_WIDTH = 20

export const unevenPadding = defineKeyRule({
  code: 'K107',
  name: 'uneven-padding',
  summary: 'Nearly all numbers of a column are padded with zeros to one width, and a few are shorter.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: in one column 00123 and 124 side by side are most likely one form and one slip'],

  start(header, context) {
    const columns = numberColumnsOf(header, context)
    if (columns.length === 0) return undefined
    return {
      row(row) {
        const { firsts, sizes } = row.digests
        for (let number = 0; number < columns.length; number += 1) {
          const column = columns[number] as Widths
          const { index, counts } = column
          const size = sizes[index] as number
          const opening = firsts[index] as number
          if (size === 0) continue
          column.filled += 1
          if (size > MAX_WIDTH) continue
          counts[size] = (counts[size] as number) + 1
          if (opening >= ZERO && opening <= NINE) countNumber(column, row, size, opening === ZERO)
        }
      },
      end(report) {
        for (const { filled, name, counts, padded, bare, shorter } of columns) {
          const usual = Math.max(...counts)
          const width = counts.indexOf(usual)
          if ((padded[width] as number) < LEAST_PADDED || usual < filled * LEAST_SHARE || usual === filled) continue
          const [first] = shorter.slice(0, width).flatMap((one) => one ?? [])
          if (!first) continue
          const replacement = first.text.padStart(width, '0')
          const short = bare.slice(0, width).reduce((sum, count) => sum + count, 0)
          report(
            {
              message: `${countText(short, 'cell')} of ${quoted(name)} ${short === 1 ? 'is' : 'are'} shorter than ${width} digits, to which the others are padded with zeros; the first is ${quoted(first.text)}`,
              hint: `Check whether ${quoted(replacement)} is meant: Coupa takes it for another record.`,
              value: first.text,
              fix: { safety: 'unsafe', title: 'pad with zeros', replacement },
            },
            first.place,
          )
        }
      },
    }
  },
})

const ZERO = 0x30
const NINE = 0x39
const DIGITS = /^\d+$/
/** What is padded: `124`, not `0124`, which somebody has padded otherwise. */
const SHORT = /^[1-9]\d*$/

interface Shorter {
  readonly text: string
  readonly place: FilePlace
}

/** How wide the cells of a column are, by size. */
interface Widths {
  readonly index: number
  readonly name: string
  filled: number
  readonly counts: Int32Array
  /** Those that begin with a zero. */
  readonly padded: Int32Array
  /** Those that begin with another digit and were not taken so. */
  readonly bare: Int32Array
  /** The first number of each size among those. */
  readonly shorter: (Shorter | undefined)[]
  /** Numbers that were taken as they are. */
  readonly taken: NameList | undefined
}

/** Columns that tell records apart or name them: a number in another one may be as short as it likes. */
function numberColumnsOf(header: Header, context: LintContext): readonly Widths[] {
  const keys = new Set(context.schema.definition.keys.flat())
  return header.cells.flatMap(({ column, index }) => {
    if (!column || header.indexOf(column.name) !== index || NOT_TEXT.has(column.type)) return []
    const isName = keys.has(column.name) || column.unique === true || column.references?.by !== undefined
    const taken = takenListOf(header, index, context)
    if (!isName || column.isAssignedByCoupa) return []
    const [counts, padded, bare] = [bySize(), bySize(), bySize()]
    return [{ index, name: column.name, filled: 0, counts, padded, bare, shorter: [], taken }]
  })
}

/** A count for each size, from none to the widest. */
function bySize(): Int32Array {
  return new Int32Array(MAX_WIDTH + 1)
}

function countNumber({ index, padded, bare, shorter, taken }: Widths, row: Row, size: number, isPadded: boolean): void {
  if (isPadded) {
    const before = padded[size] as number
    if (before >= LEAST_PADDED || DIGITS.test(row.text(index))) padded[size] = before + 1
    return
  }
  if (taken?.has(row.text(index))) return
  bare[size] = (bare[size] as number) + 1
  if (shorter[size] || !SHORT.test(row.text(index))) return
  shorter[size] = { text: row.text(index), place: rowPlace(row, index) }
}

const NOT_TEXT: ReadonlySet<string> = new Set(['integer', 'decimal', 'float', 'boolean', 'date', 'datetime'])
