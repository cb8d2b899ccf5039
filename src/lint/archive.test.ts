import { describe, expect, it } from '@jest/globals'
import { countTables, foldName, isAttachment, isSystemJunk } from './archive.ts'

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
  it('are counted as tables where they end in .csv and nobody but people put them there', () => {
    const entries = ['a.csv', 'x/B.CSV', '__MACOSX/._a.csv', 'c.pdf'].map((name) => ({ name, sizeBytes: 1 }))
    expect(countTables({ bytes: 4, ownName: 'a.csv', entries })).toBe(2)
    expect(isAttachment('x/B.CSV')).toBe(false)
  })
  it('are compared without case and Unicode form', () => {
    expect(foldName('O\u0308.PDF')).toBe(foldName('ö.pdf'))
    expect(foldName('a')).not.toBe(foldName('b'))
  })
})
