import { lenient } from '../cells/lenient.ts'
import { quoted } from '../cells/quoted.ts'
import { compileCondition, isBlank } from '../conditions.ts'
import { describeCondition } from '../describe-condition.ts'
import { defineCrossRule } from '../rule.ts'

export const mustBeBlank = defineCrossRule({
  code: 'X102',
  name: 'must-be-blank',
  summary: 'A column is filled that must be empty because of another cell of the row.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: account groups, Segment Column and Segment Value'],

  start(header) {
    const bans = header.cells.flatMap(({ column, index }) => {
      const condition = column?.blankWhen
      const holds = condition && compileCondition(condition, header)
      if (!column || !condition || !holds || header.indexOf(column.name) !== index) return []
      const remark = {
        message: `${quoted(column.name)} is filled, but must be empty while ${describeCondition(condition)}`,
        hint: `Empty ${quoted(column.name)}, or correct the other cell.`,
        ...(condition.isDoubtful ? { severity: 'warning' as const } : lenient(column, 'blankWhen')),
      }
      return [{ index, holds, remark }]
    })
    if (bans.length === 0) return undefined
    return {
      row(row, report) {
        for (const { index, holds, remark } of bans) {
          if (!isBlank(row, index) && holds(row)) report(remark, index)
        }
      },
    }
  },
})
