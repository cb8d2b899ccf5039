import { quoted } from '../cells/quoted.ts'
import { type NamedColumn, namedColumnsOf } from '../names/named-columns.ts'
import { inactivityOf, ownNamesOf } from '../names/own-names.ts'
import { writeDay } from '../cells/calendar-day.ts'
import { defineCrossRule, type Remark } from '../rule.ts'

/** House: so many different names are told of a column. */
const MAX_NAMES = 1_000

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
            const remark = told.size < MAX_NAMES && !told.has(key) ? remarkOn(column, name) : undefined
            if (!remark) continue
            told.add(key)
            report(remark, index)
          }
          done.add(high, low)
        }
      },
    }
  },
})

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
