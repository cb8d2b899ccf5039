import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'

const find = (zip: string, ...images: readonly string[]) => {
  const rows = images.map((image, index) => `"Bolt ${index}","A bolt","Yes","${image}"\r\n`)
  return findingsOf('Z103', `"Name","Description","Active","Image Filename"\r\n${rows.join('')}`, {
    object: 'items',
    zip,
  })
}

describe('Z103 attachment-unused', () => {
  it('names each file that no row names', () => {
    expect(find('items.csv,a.png,b.png,c.pdf', 'a.png').map(({ value, severity }) => [value, severity])).toEqual([
      ['b.png', 'warning'],
      ['c.pdf', 'warning'],
    ])
  })
  it('takes a name in another case for a use, and forgives what the system put there', () => {
    expect(find('items.csv,A.png,__MACOSX/._A.png,.DS_Store', 'a.png')).toEqual([])
  })
  it('takes the cell of any column for file names as a use, though it need not be in the archive', () => {
    const header = '"Invoice","Invoice Number","Image Scan Filename"\r\n'
    const settings = { object: 'invoices', zip: 'invoices.csv,Scan.pdf,other.pdf' }
    const file = `${header}"Invoice","1","scan.pdf"\r\n"Invoice","2","elsewhere.pdf"\r\n`
    expect(findingsOf('Z103', file, settings).map(({ value }) => value)).toEqual(['other.pdf'])
    expect(findingsOf('Z102', file, settings).map(({ value }) => value)).toEqual(['scan.pdf'])
    expect(findingsOf('Z101', file, settings)).toEqual([])
  })
  it('is silent where another table may name it', () => {
    expect(find('items.csv,more.csv,a.png')).toEqual([])
  })
  it('names twenty files and counts the others', () => {
    const names = Array.from({ length: 22 }, (_, index) => `${index}.png`)
    expect(find(`items.csv,${names.join(',')}`, '0.png')).toHaveLength(21)
  })
})
