import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z104', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z104 table-not-at-top', () => {
  it('names the path', () => {
    expect(find('upload/items.csv', '')).toMatchObject([{ severity: 'error', value: 'upload/items.csv', at: {} }])
  })
  it('is silent at the top, whatever folders stand beside it', () => {
    expect(find('items.csv,x/a.png', 'x/a.png')).toEqual([])
  })
})
