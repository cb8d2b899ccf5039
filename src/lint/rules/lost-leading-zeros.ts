import { numberText } from '../../base/index.ts'
import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { createJoinedZeros, type LostZeros } from '../memory/joined-zeros.ts'
import { type TakenKeys, takenKeysOf } from '../memory/taken-keys.ts'
import { takenListOf } from '../memory/taken-list.ts'
import { withLostZeros } from '../names/name-guess.ts'
import type { NameList } from '../names/name-list.ts'
import { headingPlace } from '../heading-place.ts'
import { rowPlace } from '../row-place.ts'
import { defineKeyRule, type FilePlace, type Header, type LintContext, type Remark, type Row } from '../rule.ts'

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
    const columns = keyColumnsOf(header, context)
    const joined = joinedKeysOf(header, context)
    if (columns.length + joined.length === 0) return undefined
    return {
      row(row) {
        for (const column of columns) {
          const { index, list } = column
          // Most keys are known as they are, and a number with lost zeros begins with another digit.
          if (row.view.isEmpty(index) || !isDigit(row.digests.firsts[index] as number)) continue
          const text = row.text(index).trim()
          const padded = list.has(text) ? undefined : withLostZeros(text, list)
          if (padded !== undefined) note(column, row, { index, text, taken: padded })
        }
        for (const key of joined) {
          const lost = key.find(row)
          if (lost) note(key, row, lost)
        }
      },
      end(report) {
        for (const { name, index, list, first, ...sum } of columns) {
          if (list.isCut) report(cutRemark(name, list), headingPlace(header, index))
          if (!first) continue
          const { text, taken } = first
          report(
            {
              message: `${name} ${quoted(taken)} was taken${list.dayText(taken)}, the file says ${quoted(text)}${others(sum)}`,
              hint: `Write the zeros again (--unsafe-fixes does), and ${KEEP_TEXT}`,
              value: text,
              fix: { safety: 'unsafe', title: 'write the leading zeros again', replacement: taken },
            },
            first.place,
          )
        }
        for (const { key, first, ...sum } of joined) {
          const { list, name, indexes } = key
          if (list.isCut) report(cutRemark(name, list), headingPlace(header, Math.max(...indexes)))
          if (!first) continue
          const { text, taken } = first
          report(
            {
              message: `${key.describe(taken)} was taken${list.dayText(taken)}, the file says ${quoted(text)}${others(sum)}`,
              hint: `Write the zeros again, and ${KEEP_TEXT}`,
              value: text,
            },
            first.place,
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

const KEEP_TEXT = 'keep the column as text where the file is made: Coupa would take it for another record.'

function note(sum: Sum, row: Row, { index, text, taken }: Pick<LostZeros, 'index' | 'text' | 'taken'>): void {
  sum.count += 1
  if (sum.rows.length < SHOWN_ROWS) sum.rows = [...sum.rows, row.number]
  sum.first ??= { text, taken, place: rowPlace(row, index) }
}

function others({ count, rows }: Pick<Sum, 'count' | 'rows'>): string {
  return count === 1 ? '' : `; ${countText(count, 'row')} have lost their zeros so, first ${rows.join(', ')}`
}

function cutRemark(name: string, { size }: NameList): Remark {
  return {
    message: `${name} is compared with ${numberText(size)} of the keys that were taken, and there are more`,
    hint: 'Zeros that others have lost are not found: look whether all keys of the column are as wide as they should be.',
    severity: 'info',
  }
}

interface Found {
  readonly text: string
  /** The key as it was taken. */
  readonly taken: string
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

interface JoinedKey extends Sum {
  readonly key: TakenKeys
  readonly find: (row: Row) => LostZeros | undefined
}

/** Keys of several columns of which some were taken. What is lost in one part shows only beside the others. */
function joinedKeysOf(header: Header, context: LintContext): readonly JoinedKey[] {
  return takenKeysOf(header, context).flatMap((key) =>
    key.names.length === 1 ? [] : [{ ...NOTHING_YET, key, find: createJoinedZeros(key) }],
  )
}

function isDigit(byte: number): boolean {
  return byte >= 0x31 && byte <= 0x39
}
