import { describe, expect, it } from '@jest/globals'
import { findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F001 file-empty', () => {
  for (const [title, file] of [
    ['no bytes', ''],
    ['blank lines only', '\r\n\n'],
    ['a byte order mark only', '\uFEFF'],
  ] as const) {
    it(`fires on ${title}`, () => expect(findingsOf('F001', file)).toMatchObject([{ severity: 'error', at: {} }]))
  }
  it('is only a note on an export, which Coupa may be told to send empty', () => {
    expect(findingsOf('F001', '', { direction: 'export' })).toMatchObject([{ severity: 'info' }])
  })
  it('is silent on a header row and on a file that is not text', () => {
    expect(findingsOf('F001', usersFile())).toEqual([])
    expect(findingsOf('F001', Buffer.from('%PDF-1.7'))).toEqual([])
  })
})
