import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

describe('R203 parentless-record', () => {
  const headers = '"Header","PO number"\r\n"Line","Line Number"\r\n'

  it('counts the rows above the first one of the main type', () => {
    const file = `${headers}"Line","1"\r\n"Line","2"\r\n"Header","4711"\r\n"Line","1"\r\n`
    expect(findingsOf('R203', file, { object: 'order-confirmations' })).toMatchObject([
      { severity: 'warning', message: '2 rows stand above the first Header', at: { line: 3 } },
    ])
  })
  it('is silent where the main type is left out or comes first', () => {
    expect(findingsOf('R203', `${headers}"Line","1"\r\n`, { object: 'order-confirmations' })).toEqual([])
    expect(
      findingsOf('R203', `${headers}"Header","4711"\r\n"Line","1"\r\n`, { object: 'order-confirmations' }),
    ).toEqual([])
  })
})
