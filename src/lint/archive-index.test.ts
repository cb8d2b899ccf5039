import { describe, expect, it } from '@jest/globals'
import { archiveIndexOf } from './archive-index.ts'

describe('the index of an archive', () => {
  const names = ['a.csv', 'x/B.CSV', '__MACOSX/._a.csv', 'c.pdf', 'd.PDF']
  const entries = names.map((name, index) => ({ name, sizeBytes: index % 4 }))
  const index = archiveIndexOf({ bytes: 4, ownName: 'a.csv', entries })

  it('counts the tables that people put there', () => {
    expect([index.tables, index.junk]).toEqual([2, ['__MACOSX/._a.csv']])
  })
  it('knows attachments, names without case, and the largest file', () => {
    expect(index.attachments).toEqual(['c.pdf', 'd.PDF'])
    expect([index.byFolded.get('d.pdf'), index.exact.has('d.pdf'), index.largest?.name]).toEqual([
      'd.PDF',
      false,
      'c.pdf',
    ])
  })
  it('is made once for all tables', () => {
    expect(archiveIndexOf({ bytes: 4, ownName: 'x/B.CSV', entries })).toBe(index)
    expect(archiveIndexOf({ bytes: 4, ownName: 'a.csv', entries: [] }).largest).toBeUndefined()
  })
})
