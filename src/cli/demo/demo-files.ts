import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRecord } from '../../csv/index.ts'
import { writeZip } from '../../pack/index.ts'

const FIXTURES = new URL('../../../fixtures/demo/', import.meta.url)

/** More than the 5,000 rows that Coupa takes in one file. */
const SUPPLIERS = 5200

/** Drops the files of the demo: six objects, one of them broken, one a ZIP, one above 5,000 rows. */
export function dropDemoFiles(inbound: string): void {
  const drop = (object: string, name: string): string => {
    mkdirSync(join(inbound, object), { recursive: true })
    return join(inbound, object, name)
  }
  const fixture = (name: string): URL => new URL(name, FIXTURES)
  copyFileSync(fixture('users.csv'), drop('users', 'hr-users.csv'))
  copyFileSync(fixture('users-broken.csv'), drop('users', 'hr-users-broken.csv'))
  copyFileSync(fixture('items.csv'), drop('items', 'items.csv'))
  copyFileSync(fixture('account-types.csv'), drop('account-types', 'charts.csv'))
  copyFileSync(fixture('exchange-rates.csv'), drop('exchange-rates', 'rates.csv'))
  writeFileSync(
    drop('accounts', 'accounts.zip'),
    writeZip([{ name: 'accounts.csv', content: readFileSync(fixture('accounts.csv')) }]),
  )
  writeFileSync(drop('suppliers', 'erp-suppliers.csv'), suppliersText())
}

function suppliersText(): string {
  const header = encodeRecord(['Name', 'Supplier Number', 'Status', 'PO Method', 'PO Email'], '\r\n')
  const rows = Array.from({ length: SUPPLIERS }, (_row, index) => {
    const number = String(index + 1).padStart(6, '0')
    return encodeRecord(
      [`Supplier ${number}, Inc.`, number, 'active', 'email', `orders@s${number}.example.com`],
      '\r\n',
    )
  })
  return header + rows.join('')
}
