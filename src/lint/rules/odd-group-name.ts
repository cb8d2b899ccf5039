import { quoted } from '../cells/quoted.ts'
import { defineCrossRule } from '../rule.ts'

/** Characters by which files and conditions of approval chains are read. */
const AVOIDED = [
  [',', 'comma'],
  [':', 'colon'],
  ['-', 'hyphen'],
] as const

export const oddGroupName = defineCrossRule({
  code: 'O103',
  name: 'odd-group-name',
  summary: 'The name of an approval group holds a comma, a colon or a hyphen.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['approval-chains'],
  sources: ['Coupa, Using the Flat File Format: names of approval groups avoid comma, colon and hyphen'],

  start(header) {
    const name = header.indexOf('Name')
    if (header.record.name !== 'Approval Group' || name === -1) return undefined
    return {
      row(row, report) {
        const text = row.text(name)
        const found = AVOIDED.find(([sign]) => text.includes(sign))
        if (!found) return
        report(
          {
            message: `the group name ${quoted(text)} holds a ${found[1]}`,
            hint: 'Choose a name without comma, colon and hyphen: chains name their groups in lists of such marks.',
          },
          name,
        )
      },
    }
  },
})
