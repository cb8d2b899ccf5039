import { quoted } from '../cells/quoted.ts'
import { compileCondition, isBlank } from '../conditions.ts'
import { describeCondition } from '../describe-condition.ts'
import { defineCrossRule } from '../rule.ts'

export const overruledValue = defineCrossRule({
  code: 'X105',
  name: 'overruled-value',
  summary: 'A column is filled that Coupa does not read because of another cell of the row.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: budget lines, Amount beside Remaining'],

  start(header) {
    const ignored = header.cells.flatMap(({ column, index }) => {
      const condition = column?.ignoredWhen
      const holds = condition && compileCondition(condition, header)
      if (!column || !condition || !holds || header.indexOf(column.name) !== index) return []
      const remark = {
        message: `Coupa does not read ${quoted(column.name)} while ${describeCondition(condition)}`,
        hint: 'Fill only the one that is meant.',
      }
      return [{ index, holds, remark }]
    })
    if (ignored.length === 0) return undefined
    return {
      row(row, report) {
        for (const { index, holds, remark } of ignored) {
          if (!isBlank(row, index) && holds(row)) report(remark, index)
        }
      },
    }
  },
})
