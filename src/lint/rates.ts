import { createDateReader } from './cells/date-reader.ts'
import { isDecimal } from './cells/number-form.ts'
import type { Header, LintContext, Row } from './rule.ts'

/** An exchange rate of a file, as far as its cells can be read. */
export interface Rate {
  /** `EUR` and `USD`, upper case. */
  readonly from: string
  readonly to: string
  /** `undefined`: no number that Coupa reads, which C302 says. */
  readonly rate: number | undefined
  /** Day of Rate Date, in days since 1970-01-01; `undefined` where it is none. Coupa cuts the time off. */
  readonly day: number | undefined
}

/** Where the columns of exchange rates stand. */
export interface RateColumns {
  readonly from: number
  readonly to: number
  /** -1 where the file lacks the column. */
  readonly rate: number
  readonly date: number
  /** `undefined` where one of the two currencies is empty. */
  read(row: Row): Rate | undefined
}

/**
 * Rates that a rule remembers of one file. A loaded file has at most 5,000 rows; a history of many years is checked as
 * far as this, which takes some 30 MB.
 */
export const MAX_RATES = 200_000

/** Finds the columns of exchange rates in a header; `undefined` where it has not both currencies. */
export function findRateColumns(header: Header, { schema }: Pick<LintContext, 'schema'>): RateColumns | undefined {
  const from = header.indexOf('From Currency')
  const to = header.indexOf('To Currency')
  const rate = header.indexOf('Rate')
  const date = header.indexOf('Rate Date')
  if (from === -1 || to === -1) return undefined
  const dateColumn = header.cells[date]?.column
  const readDate = dateColumn && createDateReader(dateColumn, schema.object)
  return {
    from,
    to,
    rate,
    date,
    read(row) {
      const codes = [from, to].map((index) => row.text(index).trim().toUpperCase())
      const [fromCode = '', toCode = ''] = codes
      if (fromCode === '' || toCode === '') return undefined
      const number = rate === -1 ? '' : row.text(rate).trim()
      const day = readDate?.(row.text(date).trim())
      return {
        from: fromCode,
        to: toCode,
        rate: isDecimal(number) ? Number(number) : undefined,
        day: typeof day === 'number' ? day : undefined,
      }
    },
  }
}
