import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F301 too-many-rows', () => {
  const rows = (count: number): string => usersFile(...Array<string>(count).fill(ANN))

  it('fires one row above the limit, header not counted', () => {
    expect(findingsOf('F301', rows(5_001))).toMatchObject([
      { severity: 'error', message: 'the file has 5,001 rows; Coupa takes 5,000 in one file' },
    ])
    expect(findingsOf('F301', rows(5_000))).toEqual([])
  })
  it('is a warning for objects whose page limits bytes only', () => {
    const invoices = `"Invoice","Invoice Number"\r\n${'"Invoice","1"\r\n'.repeat(5_001)}`
    expect(findingsOf('F301', invoices, { object: 'invoices' })).toMatchObject([{ severity: 'warning' }])
  })
  it('is silent where flatgate splits the file, and on exports', () => {
    expect(findingsOf('F301', rows(5_001), { purpose: 'delivery' })).toEqual([])
    expect(findingsOf('F301', rows(5_001), { direction: 'export' })).toEqual([])
  })
})
