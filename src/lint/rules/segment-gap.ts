import { quoted } from '../cells/quoted.ts'
import { isBlank } from '../conditions.ts'
import { defineCrossRule } from '../rule.ts'

export const segmentGap = defineCrossRule({
  code: 'X103',
  name: 'segment-gap',
  summary: 'A segment is filled while the one before it is empty.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: ['Coupa flat-file documentation, April 2026: accounts, segments without gaps and the filler NULL'],

  start(header) {
    const { segmentPlaceholder } = header.record
    const links = header.cells.flatMap(({ column, index }) => {
      const before = column?.noGapsWith
      if (!column || before === undefined || header.indexOf(column.name) !== index) return []
      const filler =
        segmentPlaceholder === undefined ? '' : `, or write ${segmentPlaceholder} in it where it has no value`
      const remark = {
        message: `${quoted(column.name)} is filled, but ${quoted(before)} before it is empty`,
        hint: `Fill in ${quoted(before)}${filler}.`,
      }
      return [{ index, before: header.indexOf(before), remark }]
    })
    if (links.length === 0) return undefined
    return {
      row(row, report) {
        for (const { index, before, remark } of links) {
          if (!isBlank(row, index) && isBlank(row, before)) report(remark, index)
        }
      },
    }
  },
})
