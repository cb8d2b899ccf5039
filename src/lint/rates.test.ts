import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { findRateColumns } from './rates.ts'
import type { Header, Row } from './rule.ts'

const schema = selectSchema(loadSchema('exchange-rates', 'import'))
const NAMES = ['From Currency', 'To Currency', 'Rate', 'Rate Date']

function read(names: readonly string[], ...texts: readonly string[]): unknown {
  const cells = names.map((name) => ({ column: schema.records[0]?.findColumn(name) }))
  const header = { cells, indexOf: (name: string) => names.indexOf(name) } as unknown as Header
  const row = { text: (index: number) => texts[index] ?? '' } as Row
  return findRateColumns(header, { schema })?.read(row)
}

describe('exchange rates of a file', () => {
  it('are two currencies, a number and a day', () => {
    expect(read(NAMES, ' eur', 'USD', '1.08', '1970-01-03T23:00:00Z')).toEqual({
      from: 'EUR',
      to: 'USD',
      rate: 1.08,
      day: 2,
    })
  })
  it('have no number and no day where the cells hold none', () => {
    expect(read(NAMES, 'EUR', 'USD', '1,08', '3/1/70')).toEqual({
      from: 'EUR',
      to: 'USD',
      rate: undefined,
      day: undefined,
    })
    expect(read(NAMES.slice(0, 2), 'EUR', 'USD')).toEqual({ from: 'EUR', to: 'USD', rate: undefined, day: undefined })
  })
  it('are none without both currencies', () => {
    expect(read(NAMES, 'EUR', ' ')).toBeUndefined()
    expect(read(NAMES.slice(1), 'EUR', 'USD')).toBeUndefined()
  })
})
