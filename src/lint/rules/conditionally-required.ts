import type { Condition, SchemaColumn } from '../../schema/index.ts'
import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { compileCondition, isBlank, type RowTest } from '../conditions.ts'
import { describeCondition } from '../describe-condition.ts'
import { defineCrossRule, type Header, type Remark } from '../rule.ts'

export const conditionallyRequired = defineCrossRule({
  code: 'X101',
  name: 'conditionally-required',
  summary: 'A column is empty that Coupa requires because of another cell of the row.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: columns that are required under a condition',
    'House: a column that the whole file lacks is a warning, because Coupa may have its value already',
  ],

  start(header) {
    const demands = demandsOf(header)
    if (demands.length === 0) return undefined
    const told = new Set<Demand>()
    return {
      row(row, report) {
        for (const demand of demands) {
          const { index, holds, remark } = demand
          if (!isBlank(row, index) || !holds(row)) continue
          if (index !== -1) report(remark, index)
          else if (!told.has(demand)) {
            told.add(demand)
            report(remark)
          }
        }
      },
    }
  },
})

interface Demand {
  /** Of the required column; -1 where the file lacks it. Then the first row that needs it speaks for all. */
  readonly index: number
  readonly holds: RowTest
  readonly remark: Remark
}

function demandsOf(header: Header): readonly Demand[] {
  const choices = new Set(header.record.requireOneOf?.flat(2))
  return header.record.columns.flatMap((column) => {
    if (!column.isInRelease) return []
    // Of two columns that stand for each other X104 speaks once, where the record type says so too.
    const unless = choices.has(column.name) ? undefined : column.requiredUnless
    const condition: Condition | undefined =
      column.requiredWhen ?? (unless === undefined ? undefined : { column: unless, filled: false })
    const holds = condition && compileCondition(condition, header)
    if (!condition || !holds) return []
    const index = header.indexOf(column.name)
    return [{ index, holds, remark: remarkOn(column, condition, index === -1) }]
  })
}

function remarkOn(column: SchemaColumn, condition: Condition, isMissing: boolean): Remark {
  const name = quoted(column.name)
  const why = describeCondition(condition)
  const softly = condition.isDoubtful || isMissing ? { severity: 'warning' as const } : lenient(column, 'requiredWhen')
  return isMissing
    ? {
        message: `the file has no column ${name}, which Coupa requires while ${why}`,
        hint: `Add the column ${name}, unless every record has its value in Coupa already.`,
        ...softly,
      }
    : { message: `${name} is empty, but required while ${why}`, hint: `Fill in ${name} in this row.`, ...softly }
}
