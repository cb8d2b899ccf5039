import { quoted } from '../cells/quoted.ts'
import { countText, numberText } from '../count-text.ts'
import { takenListOf } from '../memory/taken-list.ts'
import { withLostZeros } from '../names/name-guess.ts'
import type { NameList } from '../names/name-list.ts'
import { headingPlace } from '../heading-place.ts'
import { rowPlace } from '../row-place.ts'
import { defineKeyRule, type FilePlace, type Header, type LintContext, type Remark } from '../rule.ts'

/** House: enough rows to look at; the count says how many there are. */
const SHOWN_ROWS = 3

export const lostLeadingZeros = defineKeyRule({
  code: 'K106',
  name: 'lost-leading-zeros',
  summary: 'A key was taken with leading zeros that the file has lost.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['House: spreadsheets read 00123 as the number 123, and Coupa then finds no record of that key'],

  start(header, context) {
    const columns = keyColumnsOf(header, context).map((column) => ({ ...column, ...NOTHING_YET }))
    if (columns.length === 0) return undefined
    return {
      row(row) {
        for (const column of columns) {
          const { index, list } = column
          // Most keys are known as they are, and a number with lost zeros begins with another digit.
          if (row.view.isEmpty(index) || !isDigit(row.digests.firsts[index] as number)) continue
          const text = row.text(index).trim()
          const padded = list.has(text) ? undefined : withLostZeros(text, list)
          if (padded === undefined) continue
          column.count += 1
          if (column.rows.length < SHOWN_ROWS) column.rows = [...column.rows, row.number]
          column.first ??= { text, padded, place: rowPlace(row, index) }
        }
      },
      end(report) {
        for (const { name, index, list, count, rows, first } of columns) {
          if (list.isCut) report(cutRemark(name, list), headingPlace(header, index))
          if (!first) continue
          const { text, padded, place } = first
          const others =
            count === 1 ? '' : `; ${countText(count, 'row')} have lost their zeros so, first ${rows.join(', ')}`
          report(
            {
              message: `${name} ${quoted(padded)} was taken${list.dayText(padded)}, the file says ${quoted(text)}${others}`,
              hint: 'Write the zeros again (--unsafe-fixes does), and keep the column as text where the file is made: Coupa would take it for another record.',
              value: text,
              fix: { safety: 'unsafe', title: 'write the leading zeros again', replacement: padded },
            },
            place,
          )
        }
      },
    }
  },

  mend: (header, context) =>
    new Map(
      keyColumnsOf(header, context).map(({ index, list }) => [
        index,
        (text) => (list.has(text) ? undefined : withLostZeros(text.trim(), list)),
      ]),
    ),
})

function cutRemark(name: string, { size }: NameList): Remark {
  return {
    message: `${name} is compared with ${numberText(size)} of the keys that were taken, and there are more`,
    hint: 'Zeros that others have lost are not found: look whether all keys of the column are as wide as they should be.',
    severity: 'info',
  }
}

interface Found {
  readonly text: string
  readonly padded: string
  readonly place: FilePlace
}

interface Sum {
  count: number
  rows: readonly number[]
  first: Found | undefined
}

const NOTHING_YET: Readonly<Sum> = { count: 0, rows: [], first: undefined }

interface KeyColumn extends Sum {
  readonly name: string
  readonly index: number
  readonly list: NameList
}

/** Keys of one column of which some were taken. */
function keyColumnsOf(header: Header, context: LintContext): readonly KeyColumn[] {
  return header.cells.flatMap(({ column, index }) => {
    if (!column || header.indexOf(column.name) !== index || column.isAssignedByCoupa) return []
    const list = takenListOf(header, index, context)
    return list ? [{ ...NOTHING_YET, name: column.name, index, list }] : []
  })
}

function isDigit(byte: number): boolean {
  return byte >= 0x31 && byte <= 0x39
}
