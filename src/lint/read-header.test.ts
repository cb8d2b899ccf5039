import { describe, expect, it } from '@jest/globals'
import { createScanner } from '../csv/index.ts'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { readHeader } from './read-header.ts'
import type { Header } from './rule.ts'

function read(line: string, mayBePadded = false): Header {
  const [record] = selectSchema(loadSchema('supplier-sites', 'export')).records
  const headers: Header[] = []
  const scanner = createScanner({
    record: (view) => record && headers.push(readHeader(view, { record, mayBePadded })),
    fault: () => undefined,
  })
  scanner.write(Buffer.from(line))
  scanner.end()
  const [header] = headers
  if (!header) throw new Error('no header was read')
  return header
}

describe('a header row', () => {
  it('names two columns where a text stands twice and the object has two of the name', () => {
    const { cells } = read('PO Change Method,PO Change Method')
    expect(cells.map(({ column }) => column?.occurrence ?? 1)).toEqual([1, 2])
  })
  it('names the first one again where a text stands more often than there are columns', () => {
    const { cells } = read('PO Change Method,po_change_method,PO Change Method')
    expect(cells[2]?.column).toBe(cells[0]?.column)
  })
  it('finds the first cell of a column by its name in the schema', () => {
    const header = read('x,po change method,PO Change Method')
    expect(header.indexOf('PO Change Method')).toBe(1)
    expect(header.indexOf('No such column')).toBe(-1)
  })
  it('is recognised by one known cell', () => {
    expect(read('x,RecordType').isRecognised).toBe(true)
    expect(read('x,y').isRecognised).toBe(false)
  })
  it('has no blank cells at its end where rows may be padded', () => {
    expect(read('RecordType,x,,', true)).toMatchObject({ width: 2, cells: { length: 2 } })
    expect(read('RecordType,x,,')).toMatchObject({ width: 4, cells: { length: 4 } })
  })
})
