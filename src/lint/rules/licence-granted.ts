import { readBoolean } from '../cells/boolean-spelling.ts'
import { quoted } from '../cells/quoted.ts'
import { countText } from '../count-text.ts'
import { rowPlace } from '../row-place.ts'
import { defineCrossRule, type FilePlace } from '../rule.ts'

export const licenceGranted = defineCrossRule({
  code: 'O101',
  name: 'licence-granted',
  summary: 'A column of users switches a licence on.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['users'],
  sources: ['Coupa flat-file documentation, April 2026: columns of users that ask whether the user has a license'],

  start({ cells, indexOf }) {
    const licences = cells.flatMap(({ column, index }) =>
      column?.type === 'boolean' && /licen[cs]e/i.test(column.name) && indexOf(column.name) === index
        ? [{ index, name: column.name, rows: 0, at: undefined as FilePlace | undefined }]
        : [],
    )
    if (licences.length === 0) return undefined
    return {
      row(row) {
        for (const licence of licences) {
          if (row.view.isEmpty(licence.index) || readBoolean(row.text(licence.index)) !== true) continue
          licence.rows += 1
          licence.at ??= rowPlace(row, licence.index)
        }
      },
      end(report) {
        for (const { name, rows, at } of licences) {
          if (!at) continue
          report(
            {
              message: `${quoted(name)} is switched on for ${countText(rows, 'user')}`,
              hint: 'Compare that with the licences that are bought.',
            },
            at,
          )
        }
      },
    }
  },
})
