import { describe, expect, it } from '@jest/globals'
import { spreadsheetCell } from './spreadsheet-cell.ts'

describe('a cell', () => {
  it.each([
    [1, 1, 'A1'],
    [26, 2, 'Z2'],
    [27, 3, 'AA3'],
    [52, 1, 'AZ1'],
    [53, 1, 'BA1'],
    [702, 1, 'ZZ1'],
    [703, 5001, 'AAA5001'],
    [16_384, 1, 'XFD1'],
  ])('in field %i of record %i is %s', (field, record, cell) => expect(spreadsheetCell(field, record)).toBe(cell))
})
