import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z106', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z106 junk-entry', () => {
  it('names the first file and counts the others', () => {
    expect(find('items.csv,__MACOSX/a,.DS_Store,x/Thumbs.db', '')).toMatchObject([
      { severity: 'info', message: 'the archive holds “__MACOSX/a” and 2 more files of the operating system' },
    ])
    expect(find('items.csv,x/._a', '')).toMatchObject([
      { message: 'the archive holds “x/._a” of the operating system' },
    ])
  })
  it('is silent without any', () => {
    expect(find('items.csv,a.png,thumbs.png', 'a.png')).toEqual([])
  })
})
