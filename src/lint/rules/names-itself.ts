import { normaliseHeader } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import { isBlank } from '../conditions.ts'
import { defineCrossRule } from '../rule.ts'

export const namesItself = defineCrossRule({
  code: 'X202',
  name: 'names-itself',
  summary: 'A record names itself where it should name another one.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: columns that name a record of the same object (approver, parent)',
    'House: nobody approves his own requests, and no record is its own parent',
  ],

  start({ cells, record, indexOf }, { schema }) {
    const pairs = cells.flatMap(({ column, index }) => {
      const { object, by } = column?.references ?? {}
      if (!column || by === undefined || object !== schema.object || indexOf(column.name) !== index) return []
      // A lookup value names its lookup: a record of another type with a name of its own.
      if (schema.records.some((other) => other !== record && other.name === column.name)) return []
      const own = record.columns.find(({ name }) => normaliseHeader(name) === normaliseHeader(by))
      const ownIndex = own === undefined || own === column ? -1 : indexOf(own.name)
      return ownIndex === -1 ? [] : [{ index, ownIndex, name: column.name, ownName: own?.name ?? '' }]
    })
    if (pairs.length === 0) return undefined
    return {
      row(row, report) {
        for (const { index, ownIndex, name, ownName } of pairs) {
          if (isBlank(row, index) || row.text(index).trim() !== row.text(ownIndex).trim()) continue
          report(
            {
              message: `${quoted(name)} is ${quoted(row.text(index).trim())}, which is the ${ownName} of the record itself`,
              hint: `Name another record, or leave ${quoted(name)} empty.`,
            },
            index,
          )
        }
      },
    }
  },
})
