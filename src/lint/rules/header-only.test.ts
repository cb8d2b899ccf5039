import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('H109 header-only', () => {
  it('stands on the header row', () => {
    expect(findingsOf('H109', usersFile())).toMatchObject([{ severity: 'warning', at: { line: 1 } }])
  })
  it('is a note on an export', () => {
    expect(findingsOf('H109', usersFile(), { direction: 'export' })).toMatchObject([{ severity: 'info' }])
  })
  it('is told once for several header rows', () => {
    const file = '"Header","PO number"\r\n"Line","Line Number"\r\n'
    expect(findingsOf('H109', file, { object: 'order-confirmations' })).toHaveLength(1)
  })
  it('is silent on one row, however ragged', () => expect(findingsOf('H109', `${usersFile()}x\r\n`)).toEqual([]))
})
