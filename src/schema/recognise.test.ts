import { describe, expect, it } from '@jest/globals'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'
import { recognise } from './recognise.ts'
import { selectSchema } from './select-schema.ts'

describe('recognise by folder', () => {
  it.each([
    ['inbound/users/hr.csv', 'users', 'import'],
    ['C:\\gateway\\inbound\\users\\hr.csv', 'users', 'import'],
    ['/srv/outbound/invoices/x.csv', 'invoices', 'export'],
    ['/Incoming/Users/x.csv', 'users', 'import'],
    ['/Incoming/Archive/ExchangeRates/x.csv', 'exchange-rates', 'import'],
    ['/Archive/Incoming/TaxCodes/x.csv', 'tax-codes', 'import'],
    ['/Incoming/Receipts/x.csv', 'inventory-transactions', 'import'],
    ['/Outgoing/SupplierInformations/x.csv', 'supplier-information', 'export'],
    ['inbound/users/suppliers.csv', 'users', 'import'],
  ])('takes %s for %s (%s)', (path, object, direction) => {
    expect(recognise({ path })).toEqual({ kind: 'one', object, direction, by: 'folder' })
  })

  it('leaves two objects of one folder open, and lets the name or the header decide', () => {
    const path = '/Incoming/Commodity/x.csv'
    expect(recognise({ path })).toEqual({
      kind: 'several',
      candidates: [
        { object: 'commodities', direction: 'import' },
        { object: 'commodity-translations', direction: 'import' },
      ],
    })
    expect(recognise({ path: '/Incoming/Commodity/commodity_translations.csv' })).toMatchObject({
      object: 'commodity-translations',
    })
    expect(recognise({ path, header: ['Name*', 'Active*', 'Parent', 'Category'] })).toMatchObject({
      object: 'commodities',
    })
  })

  it('takes the direction alone from a folder of a name of its own', () => {
    expect(recognise({ path: 'inbound/hr/x.csv' })).toEqual({ kind: 'none' })
    const header = ['Number', 'Country Code', 'Active', 'Local', 'Owner ID', 'Owner Type']
    expect(recognise({ path: 'outbound/hr/x.csv', header })).toMatchObject({ direction: 'export', by: 'header' })
  })

  it.each(['/home/projects/x.csv', '/Users/jane/x.csv', 'users/x.csv'])(
    'takes a folder that only happens to have the name of an object for nothing: %s',
    (path) => {
      expect(recognise({ path })).toEqual({ kind: 'none' })
    },
  )
})

describe('recognise by name', () => {
  it.each([
    ['users.csv', 'users', 'import'],
    ['users_20260101_040000Z.csv', 'users', 'import'],
    ['users_20260101_040000Z_0001.csv', 'users', 'import'],
    ['users_010126040000.csv', 'users', 'import'],
    ['users (1).csv', 'users', 'import'],
    ['accounts-2026-01-31.zip', 'accounts', 'import'],
    ['fx_rates_20260101_040000Z.csv', 'exchange-rates', 'import'],
    ['User_20260213_065727Z.csv', 'users', 'export'],
    ['SupplierItem_20260213_065727Z.csv', 'supplier-items', 'export'],
    ['InvoiceHeader_20260213_065727Z.csv', 'invoices', 'export'],
    ['inbound/hr/users.csv', 'users', 'import'],
    ['outbound/hr/users.csv', 'users', 'export'],
  ])('takes %s for %s (%s)', (path, object, direction) => {
    expect(recognise({ path })).toEqual({ kind: 'one', object, direction, by: 'name' })
  })

  it('obeys a direction that is given', () => {
    expect(recognise({ path: 'users.csv', direction: 'export' })).toMatchObject({ direction: 'export' })
  })

  it('lets the header tell an export from an import of the same name', () => {
    const header = ['Login', 'Status', 'Firstname', 'Lastname', 'Purchasing License']
    expect(recognise({ path: 'users.csv', header })).toMatchObject({ object: 'users', direction: 'export' })
    expect(recognise({ path: 'users.csv', header: ['Login', 'First Name'] })).toMatchObject({ direction: 'import' })
  })

  it('leaves a prefix of two objects open', () => {
    const found = recognise({ path: 'payments_20260101_040000Z.csv' })
    expect(found.kind === 'several' && found.candidates.map(({ object }) => object)).toContain('invoice-payments')
  })

  it.each(['hr.csv', 'supplier_list.csv', 'users_hr.csv', '.csv', '2026.csv'])('takes %s for nothing', (path) => {
    expect(recognise({ path })).toEqual({ kind: 'none' })
  })
})

describe('recognise by header', () => {
  it.each([
    [['Login', 'Email*', 'First Name', 'Last Name'], 'users'],
    [['from_currency', 'TO CURRENCY', 'Rate*', 'Rate Date'], 'exchange-rates'],
    [['Name*', 'Id', 'Active'], 'departments'],
    [['Login', 'Email', 'First Name', 'Last Name', 'Cost Bearer', 'Badge'], 'users'],
  ])('takes %j for %s', (header, object) => {
    expect(recognise({ header })).toEqual({ kind: 'one', object, direction: 'import', by: 'header' })
  })

  it('guesses nothing from columns that many objects have', () => {
    expect(recognise({ header: ['Supplier Name', 'Supplier Number'] }).kind).toBe('several')
    expect(recognise({ header: ['Id'] })).toEqual({ kind: 'none' })
  })

  it.each([[['foo', 'bar']], [[]], [['']], [['custom-field-1', 'custom-field-2']], [['Login;Email;First Name']]])(
    'takes %j for nothing',
    (header) => {
      expect(recognise({ header })).toEqual({ kind: 'none' })
    },
  )

  const templates = listSchemas().flatMap(({ object, direction }) =>
    selectSchema(loadSchema(object, direction)).records.map((record) => ({
      object,
      direction,
      record: record.name,
      header: record.columns.filter((column) => column.isInRelease).map(({ name }) => name),
    })),
  )

  /** A header that both directions of an object have in full is taken for an import. */
  const isInImport = (object: string, header: readonly string[]): boolean =>
    selectSchema(loadSchema(object, 'import')).records.some(({ findColumn }) =>
      header.every((name) => findColumn(name)),
    )

  it('takes no header of the 142 definitions for another object or direction', () => {
    const wrong = templates.filter(({ object, direction, header }) => {
      const found = recognise({ header })
      if (found.kind !== 'one' || (found.object === object && found.direction === direction)) return false
      return found.object !== object || !isInImport(object, header)
    })
    expect(wrong).toEqual([])
  })

  it('knows most objects by their own header', () => {
    const mains = templates.filter(({ header }) => header.length > 3)
    const known = mains.filter(({ header }) => recognise({ header }).kind === 'one')
    expect(known.length / mains.length).toBeGreaterThan(0.7)
  })

  it.each(['users', 'suppliers', 'items', 'accounts', 'account-types', 'exchange-rates'])(
    'knows the import of %s by its header',
    (object) => {
      const header = templates.find((one) => one.object === object && one.direction === 'import')?.header ?? []
      expect(recognise({ header })).toEqual({ kind: 'one', object, direction: 'import', by: 'header' })
    },
  )
})
