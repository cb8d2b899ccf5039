import { describe, expect, it } from '@jest/globals'
import { isUncertain } from './is-uncertain.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'
import { selectSchema } from './select-schema.ts'

const main = (object: string, direction: 'import' | 'export', choice = {}) => {
  const [record] = selectSchema(loadSchema(object, direction), choice).records
  if (record === undefined) throw new Error(`${object} has no record`)
  return record
}

describe('findColumn', () => {
  it.each([
    ['users', 'EMAIL*', 'Email'],
    ['users', 'first_name', 'First Name'],
    ['exchange-rates', 'Rate Date *', 'Rate Date'],
    ['external-payments', 'source-name', 'Payment Source Name'],
    ['suppliers', 'ID', 'Id'],
  ])('of %s finds %s as %s', (object, header, name) => {
    expect(main(object, 'import').findColumn(header)?.name).toBe(name)
  })

  it('finds nothing for a header of another object', () => {
    expect(main('users', 'import').findColumn('Supplier Part Num')).toBeUndefined()
  })

  it('finds a former name, unless it is the name of another column', () => {
    expect(main('suppliers', 'import').findColumn('Request Change Requests')?.name).toBe('Request Change Requests')
    const older = { ...loadSchema('users', 'import') }
    const [record] = older.records
    const column = { name: 'New', formerly: ['Old'], type: 'string', releases: 'R21-' } as const
    const { records } = selectSchema({ ...older, records: [{ ...record, name: 'User', columns: [column] }] })
    expect(records[0]?.findColumn('old')?.name).toBe('New')
  })

  it('tells the second column of a name from the first', () => {
    const record = main('supplier-sites', 'export')
    expect(record.findColumn('PO Change Method')?.occurrence).toBeUndefined()
    expect(record.findColumn('PO Change Method', 2)?.occurrence).toBe(2)
    expect(record.findColumn('PO Change Method', 3)).toBeUndefined()
  })

  it('lends a partial record type the columns of the others, none of them required', () => {
    const { records } = selectSchema(loadSchema('purchase-order-changes', 'import'))
    const [header, line] = records
    const lent = header?.columns.find(({ name }) => !line?.columns.some((column) => column.name === name))
    expect(line?.isPartial).toBe(true)
    expect(line?.findColumn(lent?.name ?? '')).toMatchObject({ name: lent?.name })
    expect(line?.findColumn(lent?.name ?? '')?.required).toBeUndefined()
    expect(header?.findColumn('no such column')).toBeUndefined()
  })

  it('finds every column of every definition under its own name', () => {
    const lost = listSchemas().flatMap(({ object, direction }) =>
      selectSchema(loadSchema(object, direction)).records.flatMap(({ name, columns, findColumn }) =>
        columns
          .filter((column) => findColumn(`${column.name}*`, column.occurrence) !== column)
          .map((column) => `${direction} ${object} ${name} ${column.name}`),
      ),
    )
    expect(lost).toEqual([])
  })
})

describe('the chosen release', () => {
  const has = (release: 'R23' | 'R24' | '2026', header: string) =>
    main('users', 'import', { release }).findColumn(header)?.isInRelease

  it('decides which columns exist', () => {
    expect(has('R23', 'Contingent Workforce User')).toBe(false)
    expect(has('R24', 'Contingent Workforce User')).toBe(true)
    expect(has('2026', 'Edit Invoice On Quick Entry')).toBe(false)
    expect(has('R24', 'Edit Invoice On Quick Entry')).toBe(true)
  })

  it('decides what is required where the releases differ', () => {
    expect(main('items', 'import').findColumn('Purchasable')?.required).toBeUndefined()
    expect(main('items', 'import', { release: 'R35' }).findColumn('Purchasable')?.required).toBe(true)
    expect(main('items', 'import').findColumn('Active')?.required).toBe(true)
    expect(main('items', 'import', { release: 'R35' }).findColumn('Active')?.required).toBeUndefined()
  })

  it('is replaced by the newest known one where only old workbooks show the record type', () => {
    const { columns } = main('treasury-cash-flow-files', 'import')
    expect(columns.filter(({ isInRelease }) => !isInRelease)).toEqual([])
  })

  it('keeps the columns of a later record type out', () => {
    expect(main('forms', 'import', { release: 'R21' }).columns.filter(({ isInRelease }) => isInRelease)).toEqual([])
  })
})

describe('custom fields', () => {
  it('come after the standard columns and are found like them', () => {
    const record = main('users', 'import', { customFields: [{ name: 'Cost Bearer', type: 'string', length: 20 }] })
    expect(record.columns.at(-1)).toEqual({
      name: 'Cost Bearer',
      type: 'string',
      length: 20,
      releases: 'R21-',
      isCustom: true,
      isInRelease: true,
    })
    expect(record.findColumn('cost_bearer')?.isCustom).toBe(true)
  })

  it('go to the record type that they name', () => {
    const customFields = [{ name: 'Bin', type: 'string', record: 'Invoice Line' } as const]
    const { records } = selectSchema(loadSchema('invoices', 'import'), { customFields })
    const owners = records.filter(({ columns }) => columns.some(({ isCustom }) => isCustom)).map(({ name }) => name)
    expect(owners).toEqual(['Invoice Line'])
  })

  it('never replace a standard column', () => {
    const record = main('users', 'import', { customFields: [{ name: 'login', type: 'integer' }] })
    expect(record.findColumn('Login')).toMatchObject({ type: 'string', isCustom: false })
  })

  it('are refused for a record type that the object does not have', () => {
    const customFields = [{ name: 'Bin', type: 'string', record: 'Row' } as const]
    expect(() => selectSchema(loadSchema('users', 'import'), { customFields })).toThrow(/CONFIG_INVALID.*"Row".*User/)
  })
})

describe('isUncertain', () => {
  it('asks for one key', () => {
    const column = main('users', 'import').findColumn('Phone Mobile')
    if (column === undefined) throw new Error('the column is gone')
    expect(isUncertain(column, 'format')).toBe(true)
    expect(isUncertain(column, 'length')).toBe(false)
    expect(isUncertain(column, 'form')).toBe(false)
  })
})
