import { describe, expect, it } from '@jest/globals'
import { foldName, isAttachment, isSystemJunk } from './archive.ts'

describe('names in an archive', () => {
  it.each(['__MACOSX/a.csv', 'x/._a', '.DS_Store', 'x/THUMBS.DB', 'desktop.ini'])(
    '%s is put there by a system',
    (name) => {
      expect(isSystemJunk(name)).toBe(true)
      expect(isAttachment(name)).toBe(false)
    },
  )
  it.each(['a.pdf', 'x/thumbs.db.pdf', 'MACOSX/a'])('%s is an attachment', (name) => {
    expect([isSystemJunk(name), isAttachment(name)]).toEqual([false, true])
  })
  it('are no attachments where they end in .csv', () => {
    expect(isAttachment('x/B.CSV')).toBe(false)
  })
  it('are compared without case and Unicode form', () => {
    expect(foldName('O\u0308.PDF')).toBe(foldName('ö.pdf'))
    expect(foldName('a')).not.toBe(foldName('b'))
  })
})
