import { numberText } from '../../base/index.ts'
import { quoted } from '../cells/quoted.ts'
import type { NameList } from '../names/name-list.ts'
import { type NamedColumn, namedColumnsOf } from '../names/named-columns.ts'
import { inactivityOf, ownNamesOf } from '../names/own-names.ts'
import { writeDay } from '../cells/calendar-day.ts'
import { defineCrossRule, type Remark } from '../rule.ts'

/** House: so many different names are told; a file that names more has another fault. */
const MAX_NAMES = 1_000

const UNTOLD: Remark = {
  message: `from here on, inactive records are named that are not told: ${numberText(MAX_NAMES)} others were`,
  hint: 'Look whether the file that makes them inactive is the right one.',
  severity: 'info',
}

export const inactiveReference = defineCrossRule({
  code: 'X402',
  name: 'inactive-reference',
  summary: 'A cell names a record that a file of this run makes inactive, or that was taken as inactive.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: columns that name records of other objects; some must be active',
    'House: a warning where the documentation does not say that the record must be active',
  ],

  start(header, context) {
    const columns = namedColumnsOf(header, context).filter(({ isOwn, taken }) => !isOwn || taken)
    const own = ownNamesOf(header, context)
    const isInactive = inactivityOf(header)
    if (!own && columns.length === 0) return undefined
    const told = new Set<string>()
    let isLimitTold = false
    let isCutTold = false
    return {
      row(row, report) {
        own?.read(row)
        let isRowInactive: boolean | undefined
        for (const column of columns) {
          const { index, namesOf, done } = column
          const high = row.digests.high[index] as number
          const low = row.digests.low[index] as number
          if (row.view.isEmpty(index) || done.has(high, low)) continue
          // A record that is put out of use may name others that are.
          if ((isRowInactive ??= isInactive(row))) continue
          for (const name of namesOf(row.text(index))) {
            const key = `${index} ${name.toLowerCase()}`
            if (column.cut && !isCutTold && !isKnown(column, name)) {
              isCutTold = true
              report(cutRemark(column, column.cut), index)
            }
            const remark = told.has(key) ? undefined : remarkOn(column, name)
            if (!remark) continue
            if (told.size < MAX_NAMES) {
              told.add(key)
              report(remark, index)
            } else if (!isLimitTold) {
              isLimitTold = true
              report(UNTOLD, index)
            }
          }
          done.add(high, low)
        }
      },
    }
  },
})

function isKnown({ run, taken }: NamedColumn, name: string): boolean {
  return run?.has(name) === true || taken?.has(name) === true
}

function cutRemark({ object }: NamedColumn, { size }: NameList): Remark {
  return {
    message: `whether this and other ${object} records are inactive is not known: there are more than the ${numberText(size)} that are remembered`,
    hint: 'Look them up in Coupa, or lint fewer records at once.',
    severity: 'info',
  }
}

function remarkOn({ object, run, taken, mustBeActive }: NamedColumn, name: string): Remark | undefined {
  const here = run?.find(name)
  const before = here ?? taken?.find(name)
  if (!before?.isInactive) return undefined
  const where = here ? 'by a file of this run' : `since ${writeDay(before.day)}, as far as flatgate sent it`
  return {
    message: `the ${object} record ${quoted(name)} is inactive ${where}`,
    hint: 'Name an active record, or make this one active again first.',
    ...(here && mustBeActive ? { severity: 'error' } : {}),
  }
}
