import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z101', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z101 attachment-missing', () => {
  it('fault 62: names the file and its cell', () => {
    expect(find('items.csv,a.png', 'a.png', 'b.png')).toMatchObject([
      { severity: 'error', message: 'the archive has no file “b.png”', at: { line: 3, row: 2, field: 4, cell: 'D3' } },
    ])
  })
  it('reads file:// in any column, from the top of the archive', () => {
    const file = '"Name","Description","Active"\r\n"Bolt","file://x/a.pdf","Yes"\r\n"Nut","FILE://x/b.pdf","Yes"\r\n'
    expect(findingsOf('Z101', file, { object: 'items', zip: 'items.csv,x/a.pdf' })).toMatchObject([
      { value: 'FILE://x/b.pdf', at: { row: 2, column: 'Description' } },
    ])
  })
  it('is silent for web addresses, empty cells and another case, which is Z102', () => {
    expect(find('items.csv,A.png', 'https://example.com/a.png', '', 'a.png', ' A.png ')).toEqual([])
  })
  it('is silent where the file is in no archive', () => {
    const file = '"Name","Description","Active","Image Filename"\r\n"Bolt","A bolt","Yes","a.png"\r\n'
    expect(findingsOf('Z101', file, { object: 'items' })).toEqual([])
  })
})
