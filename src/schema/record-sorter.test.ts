import { describe, expect, it } from '@jest/globals'
import type { Direction, RecordType } from './definition.ts'
import type { RowCells } from './header-fit.ts'
import { loadSchema } from './load-schema.ts'
import { createRecordSorter } from './record-sorter.ts'
import { selectSchema } from './select-schema.ts'

const cells = (line: string): RowCells => {
  const fields = line.split(',')
  const text = (index: number): string => fields[index] ?? ''
  return { fieldCount: fields.length, text, isEmpty: (index) => text(index) === '' }
}

function sort(records: readonly RecordType[], lines: readonly string[]): readonly string[] | undefined {
  const schema = selectSchema({ ...loadSchema('order-confirmations', 'import'), keys: [], records })
  const sorter = createRecordSorter(schema, cells(lines[0] ?? ''))
  return sorter && lines.map((line) => tell(sorter.sort(cells(line))))
}

function sortAs(object: string, direction: Direction, lines: readonly string[]): readonly string[] | undefined {
  return sort(loadSchema(object, direction).records, lines)
}

const tell = (sorted: { record: { name: string }; kind: string } | undefined): string =>
  sorted === undefined ? 'nothing' : `${sorted.kind} of ${sorted.record.name}`

const typeOf = (name: string, columns: readonly string[], value?: string): RecordType => ({
  name,
  discriminator: { column: columns[0] ?? '', ...(value === undefined ? {} : { value }) },
  columns: columns.map((column) => ({ name: column, type: 'string', releases: 'R21-' })),
})

describe('createRecordSorter', () => {
  it('tells header rows, rows and what is neither', () => {
    const lines = ['Header,PO number', 'Line,Line Number', 'Header,7', 'line ,1', 'Footer,1', 'Line,Line Number']
    expect(sortAs('order-confirmations', 'import', lines)).toEqual([
      'header of Header',
      'header of Line',
      'row of Header',
      'row of Line',
      'nothing',
      'header-again of Line',
    ])
  })

  it.each([
    ['misspelt', 'Header,Zzyzx,PO number'],
    ['blank', 'Header,,PO number'],
  ])('knows a header row whose second cell is %s by the others', (_, line) => {
    expect(sortAs('order-confirmations', 'import', [line])).toEqual(['header of Header'])
  })

  it('takes such a row for a row where its record type has a header row', () => {
    const lines = ['Header,PO number,Action,Reason Code', 'Header,7,Action,Reason Code']
    expect(sortAs('order-confirmations', 'import', lines)?.at(-1)).toBe('row of Header')
  })

  it('tells a row whose header row has not come', () => {
    expect(sortAs('order-confirmations', 'import', ['Header,PO number', 'Line,1'])?.at(-1)).toBe('row of Line')
  })

  it.each([
    ['the first row is no header row of a record type', 'Line Number,Quantity'],
    ['the second cell names no column', 'Header,7'],
    ['most cells name no column', 'Header,PO number,x,y,z'],
    ['the first row is a mark alone', 'Header'],
  ])('gives way to a plain header row where %s', (_, line) => {
    expect(sortAs('order-confirmations', 'import', [line])).toBeUndefined()
  })

  it('gives way to a plain header row where no record type has a mark', () => {
    expect(sortAs('departments', 'import', ['Name,Active'])).toBeUndefined()
  })

  it('takes a mark alone for the header row of a type without other columns, once', () => {
    const lines = ['Form,Name', 'Subform', 'Form,a', 'Subform', 'Subform,,']
    expect(sortAs('forms', 'import', lines)).toEqual([
      'header of Form',
      'header of Subform',
      'row of Form',
      'row of Subform',
      'row of Subform',
    ])
  })

  it('gives a header row that fits several types to the one with the fewest other columns', () => {
    const wide = typeOf('Tax', ['type', 'id', 'rate', 'code'], 'Tax')
    const narrow = typeOf('Withholding', ['type', 'id', 'rate'], 'Withholding')
    const lines = ['type,id,rate,code', 'type,id,rate', 'Withholding,1,2']
    expect(sort([wide, narrow], lines)).toEqual(['header of Tax', 'header of Withholding', 'row of Withholding'])
  })

  describe('of rows whose mark two types share', () => {
    const split = typeOf('Allocation', ['type', 'id', 'amount', 'account'], 'Line Split')
    const value = typeOf('Valuation', ['type', 'id', 'price'], 'Line Split')
    const heads = ['type,id,amount,account', 'type,id,price']
    const last = (line: string, lines = heads): string | undefined => sort([split, value], [...lines, line])?.at(-1)

    it('goes by the number of columns', () => {
      expect(last('Line Split,1,2,')).toBe('row of Allocation')
      expect(last('Line Split,1,2')).toBe('row of Valuation')
    })

    it('takes the fewest columns that hold all cells where rows are padded', () => {
      expect(last('Line Split,1,2,,,')).toBe('row of Valuation')
      expect(last('Line Split,1,2,3,,')).toBe('row of Allocation')
    })

    it('takes the type that has a header row where nothing fits', () => {
      expect(last('Line Split,1,2,3,4', heads.slice(1))).toBe('row of Valuation')
    })
  })

  it('lets a mark that a type states of itself win over a name of another', () => {
    const named = typeOf('Line', ['Header', 'id'], 'Head')
    const stated = typeOf('Other', ['Row', 'id'], 'Line')
    expect(sort([named, stated], ['Header,id', 'Row,id', 'Line,1'])?.at(-1)).toBe('row of Other')
  })
})
