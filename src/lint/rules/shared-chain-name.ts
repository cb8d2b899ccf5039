import { quoted } from '../cells/quoted.ts'
import { LimitedMap } from '../limited-map.ts'
import { defineCrossRule } from '../rule.ts'

/** Chain names that are remembered; Coupa loads 5,000 rows at once. */
const MAX_NAMES = 100_000

export const sharedChainName = defineCrossRule({
  code: 'O102',
  name: 'shared-chain-name',
  summary: 'An order chain and a requisition chain share a name.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['approval-chains'],
  sources: [
    'Coupa flat-file documentation, April 2026: approval chains; order and requisition chains may not share a name',
  ],

  start(header) {
    const name = header.indexOf('Approval Chain Name')
    const type = header.indexOf('Approval Chain Type')
    if (name === -1 || type === -1) return undefined
    /** First row of each name, by type. */
    const rows = {
      order: new LimitedMap<number>(MAX_NAMES, 'requisition chains of the same name'),
      requisition: new LimitedMap<number>(MAX_NAMES, 'order chains of the same name'),
    }
    return {
      row(row, report) {
        const own = row.text(type).trim().toLowerCase()
        if (own !== 'order' && own !== 'requisition') return
        const text = row.text(name).trim()
        if (text === '') return
        if (rows[own].get(text) === undefined) rows[own].add(text, row.number, row, report)
        const other = own === 'order' ? 'requisition' : 'order'
        const earlier = rows[other].get(text)
        if (earlier === undefined) return
        report(
          {
            message: `row ${earlier} has a chain of type ${quoted(other)} with the same name ${quoted(text)}`,
            hint: 'Give one of the two chains another name.',
          },
          name,
        )
      },
    }
  },
})
