import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z105', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z105 archive-too-large', () => {
  it('names size, limit and the largest file', () => {
    expect(find('items.csv:100,a.png:5,b.png:8000000,c.png:9', 'a.png')).toMatchObject([
      {
        severity: 'error',
        message: 'the archive has 8,000,114 bytes; Coupa takes 8,000,000',
        hint: 'Split it, rows with their attachments. Its largest file is b.png.',
      },
    ])
  })
  it('is silent at the limit', () => {
    expect(find('items.csv:7999999,a.png:1', 'a.png')).toEqual([])
  })
})
