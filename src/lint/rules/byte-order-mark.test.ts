import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F102 byte-order-mark', () => {
  const file = `\uFEFF${usersFile(ANN)}`

  it('stands on the first line and can be mended safely', () => {
    expect(findingsOf('F102', file)).toMatchObject([{ severity: 'error', at: { line: 1 }, fix: { safety: 'safe' } }])
  })
  it('does not hide the first column', () => expect(findingsOf('H102', file)).toEqual([]))
  it('is silent where flatgate delivers the file, and on exports', () => {
    expect(findingsOf('F102', file, { purpose: 'delivery' })).toEqual([])
    expect(findingsOf('F102', file, { direction: 'export' })).toEqual([])
  })
})
