import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../../schema/index.ts'
import { type AcceptedRow, createAcceptedRowReader } from './accepted-row-reader.ts'

function read(object: string, ...lines: readonly string[]): { readonly rows: AcceptedRow[]; readonly count: number } {
  const rows: AcceptedRow[] = []
  const reader = createAcceptedRowReader(selectSchema(loadSchema(object, 'import')), (row) => void rows.push(row))
  reader.write(Buffer.from(lines.map((line) => `${line}\r\n`).join('')))
  return { rows, count: reader.end() }
}

describe('rows that were taken', () => {
  it('are known by each key, with the keys that Coupa looks at before it', () => {
    const { rows, count } = read('users', '"Employee Number","Login","Status"', '"7"," ann ","inactive"', '"","bob",""')
    expect(count).toBe(2)
    expect(rows).toMatchObject([
      {
        keys: [
          { id: 'Employee Number', key: '7' },
          { id: 'Login', key: 'ann', earlier: { 'Employee Number': '7' } },
        ],
        isInactive: true,
      },
      { keys: [{ id: 'Login', key: 'bob' }], isInactive: false },
    ])
  })
  it('have a hash that does not depend on the order of columns, on quotes and on empty cells', () => {
    const [one] = read('departments', '"Name","Active"', '"Sales","Yes"').rows
    const [other] = read('departments', 'Id,Active,Name', ',Yes,Sales').rows
    const [changed] = read('departments', '"Name","Active"', '"Sales","No"').rows
    expect(other?.hash).toBe(one?.hash)
    expect(changed?.hash).not.toBe(one?.hash)
  })
  it('are known by what other objects call them, in the record type that has it', () => {
    expect(read('units-of-measure', '"Code","Name"', '"EA","Each"').rows[0]?.keys).toEqual([{ id: 'Code', key: 'EA' }])
    const lookup = read('lookups', '"Name","description","Fixed Depth?"', '"Regions","",""')
    expect(lookup.rows[0]?.keys).toEqual([{ id: 'Lookup: Name', key: 'Regions' }])
  })
  it('carry their exchange rate and its day', () => {
    const header = '"From Currency","To Currency","Rate","Rate Date"'
    const { rows } = read('exchange-rates', header, '"EUR","usd","1.250","2026-11-10T00:00:00Z"')
    expect(rows[0]).toMatchObject({ keys: [], rate: { from: 'EUR', to: 'USD', day: '2026-11-10', rate: '1.25' } })
  })
})
