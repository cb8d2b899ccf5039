import { numberText } from '../../base/index.ts'
import { writeDay } from '../cells/calendar-day.ts'
import { findRateColumns } from '../rates.ts'
import { defineCrossRule } from '../rule.ts'

/** House: no pair of common currencies moves so far in a month; a point in the wrong place is always farther. */
const DEFAULT_PERCENT = 20

/** How far a product may be from 1 where one rate is the other one turned round. */
const TURNED_ROUND = 0.05

export const rateJump = defineCrossRule({
  code: 'X306',
  name: 'rate-jump',
  summary: 'An exchange rate is far from the last one that was taken for its pair.',
  severity: 'warning',
  since: '0.1.0',
  isAboutImports: true,
  objects: ['exchange-rates'],
  sources: [
    'House: a loaded rate is never changed, so a slip of it stays; 20 % unless `lint.rateJumpPercent` says more',
  ],

  start(header, context) {
    const { memory, rateJumpPercent = DEFAULT_PERCENT } = context
    const columns = memory && findRateColumns(header, context)
    if (!memory || !columns || columns.rate === -1) return undefined
    return {
      row(row, report) {
        const read = columns.read(row)
        if (read?.rate === undefined || read.rate <= 0) return
        const { from, to, rate, day } = read
        const last = memory.rateOf(from, to)
        if (!last || last.rate <= 0) return
        // A rate of an earlier day is history, which may have been anything.
        if (day !== undefined && writeDay(day) < last.day) return
        const change = (rate / last.rate - 1) * 100
        if (Math.abs(change) <= rateJumpPercent) return
        const isTurned = Math.abs(rate * last.rate - 1) <= TURNED_ROUND
        report(
          {
            message: `${from} to ${to} at ${rate} is ${shown(Math.abs(change))} % ${change > 0 ? 'above' : 'below'} ${last.rate} of ${last.day}, the last that was taken`,
            hint: isTurned
              ? `The pair is most likely turned round: ${to} to ${from} would be about ${rate}.`
              : 'Check the rate and its decimal point: Coupa does not change a rate once it is loaded.',
          },
          columns.rate,
        )
      },
    }
  },
})

function shown(percent: number): string {
  return percent < 1_000 ? String(Number(percent.toPrecision(3))) : numberText(Math.round(percent))
}
