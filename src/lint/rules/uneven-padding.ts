import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { takenListOf } from '../memory/taken-list.ts'
import type { NameList } from '../names/name-list.ts'
import { rowPlace } from '../row-place.ts'
import { defineKeyRule, type FilePlace, type Header, type LintContext } from '../rule.ts'

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
        for (const column of columns) {
          const { index, counts, padded, bare, shorter, taken } = column
          const size = sizes[index] as number
          const opening = firsts[index] as number
          if (size === 0) continue
          column.filled += 1
          if (size > MAX_WIDTH) continue
          counts[size] = (counts[size] ?? 0) + 1
          if (opening === ZERO) {
            if ((padded[size] ?? 0) < LEAST_PADDED && !DIGITS.test(row.text(index))) continue
            padded[size] = (padded[size] ?? 0) + 1
          } else if (opening > ZERO && opening <= NINE && !taken?.has(row.text(index))) {
            bare[size] = (bare[size] ?? 0) + 1
            if (shorter[size] || !SHORT.test(row.text(index))) continue
            shorter[size] = { text: row.text(index), place: rowPlace(row, index) }
          }
        }
      },
      end(report) {
        for (const { filled, name, counts, padded, bare, shorter } of columns) {
          const width = counts.reduce<number>(
            (best, count, size) => ((count ?? 0) > (counts[best] ?? 0) ? size : best),
            0,
          )
          const usual = counts[width] ?? 0
          if ((padded[width] ?? 0) < LEAST_PADDED || usual < filled * LEAST_SHARE || usual === filled) continue
          const [first] = shorter.slice(0, width).flatMap((one) => one ?? [])
          if (!first) continue
          const replacement = first.text.padStart(width, '0')
          const short = bare.slice(0, width).reduce<number>((sum, count) => sum + (count ?? 0), 0)
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
  readonly counts: (number | undefined)[]
  /** Those that begin with a zero. */
  readonly padded: (number | undefined)[]
  /** Those that begin with another digit and were not taken so. */
  readonly bare: (number | undefined)[]
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
    return isName && !column.isAssignedByCoupa
      ? [{ index, name: column.name, filled: 0, counts: [], padded: [], bare: [], shorter: [], taken }]
      : []
  })
}

const NOT_TEXT: ReadonlySet<string> = new Set(['integer', 'decimal', 'float', 'boolean', 'date', 'datetime'])
