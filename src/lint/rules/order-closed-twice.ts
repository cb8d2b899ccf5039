import { quoted } from '../cells/quoted.ts'
import { LimitedMap } from '../limited-map.ts'
import { defineCrossRule } from '../rule.ts'

/** Orders that are remembered; Coupa loads 5,000 rows at once. */
const MAX_ORDERS = 100_000

export const orderClosedTwice = defineCrossRule({
  code: 'O106',
  name: 'order-closed-twice',
  summary: 'A file closes an order twice, which closes it for good.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['external-orders'],
  sources: ['Coupa flat-file documentation, April 2026: external orders; Close closes softly, sent again for good'],

  start(header) {
    const action = header.indexOf('Action')
    const order = header.indexOf('PO Number')
    if (action === -1 || order === -1) return undefined
    const closed = new LimitedMap<number>(MAX_ORDERS, 'orders that are closed twice')
    return {
      row(row, report) {
        if (row.text(action).trim().toLowerCase() !== 'close') return
        const number = row.text(order).trim()
        if (number === '') return
        const earlier = closed.get(number)
        if (earlier === undefined) {
          closed.add(number, row.number, row, report)
          return
        }
        report(
          {
            message: `row ${earlier} closes the order ${quoted(number)} too; the second time closes it for good`,
            hint: `Remove one of the rows ${earlier} and ${row.number} unless that is meant.`,
          },
          action,
        )
      },
    }
  },
})
