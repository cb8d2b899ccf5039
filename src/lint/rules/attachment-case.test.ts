import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z102', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z102 attachment-case', () => {
  it('fault 62: names both spellings', () => {
    expect(find('items.csv,Images/A.PNG', 'images/a.png')).toMatchObject([
      {
        severity: 'warning',
        message: 'the archive has “Images/A.PNG”, the cell says “images/a.png”',
        at: { row: 1, column: 'Image Filename' },
      },
    ])
  })
  it('takes two Unicode forms of a letter for other letters', () => {
    expect(find('items.csv,o\u0308.png', 'ö.png')).toHaveLength(1)
  })
  it('is silent for the same letters, for no such file, and where both spellings are there', () => {
    expect(find('items.csv,a.png,b.png,B.png', 'a.png', 'c.png', 'b.png', 'B.png')).toEqual([])
  })
})
