import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode } from '../src/base/index.ts'
import { encodeRecord } from '../src/csv/index.ts'

/** Columns of each record type. Source: Coupa flat-file documentation, April 2026. */
const HEADERS = {
  invoice: [
    'Invoice',
    'Invoice Number',
    'Supplier Name',
    'Supplier Number',
    'Invoice Date',
    'Submit For Approval?',
    'Line Level Taxation',
    'Chart of Accounts',
    'Currency',
    'Supplier Note',
  ],
  line: [
    'Invoice Line',
    'Invoice Number',
    'Supplier Name',
    'Supplier Number',
    'Line Number',
    'Description',
    'Supplier Part Number',
    'Price',
    'Quantity',
    'Unit of Measure',
    'PO Number',
    'PO Line Number',
    'Account Segment 1',
    'Account Segment 2',
  ],
  allocation: ['Account Allocation', 'Invoice Number', 'Invoice Line Number', 'Amount', 'Percent', 'Account Code'],
} as const

/** House: an invoice has some lines, and each fourth line is charged to two accounts. */
const LINES_PER_INVOICE = 7

const FOLDER = join(import.meta.dirname, '.data')

/**
 * Writes an invoices file of three record types that is the same on every machine, unless it is there already: all
 * header rows first, every row padded to the widest, every field quoted, values that a lint finds nothing in.
 *
 * @returns Its path, in `bench/.data/`.
 */
export async function makeInvoicesFile(rows = 50_000): Promise<string> {
  const path = join(FOLDER, `invoices-${rows}.csv`)
  if (await isThere(path)) return path
  await mkdir(FOLDER, { recursive: true })
  const records: (readonly string[])[] = Object.values(HEADERS)
  const all = [...records, ...dataRows(rows)]
  await writeFile(`${path}.draft`, all.map((fields) => encodeRecord(padded(fields), '\r\n')).join(''))
  await rename(`${path}.draft`, path)
  return path
}

function* dataRows(rows: number): Generator<readonly string[]> {
  let left = rows
  for (let invoice = 1; left > 0; invoice += 1) {
    const group = invoiceRows(invoice).slice(0, left)
    left -= group.length
    yield* group
  }
}

function invoiceRows(invoice: number): (readonly string[])[] {
  const number = `INV-${100_000 + invoice}`
  const supplier = invoice % 400
  const by = [`Supplier ${supplier} Industrial Goods`, `S-${1000 + supplier}`]
  const date = `2026-${String(1 + (invoice % 9)).padStart(2, '0')}-${String(1 + (invoice % 28)).padStart(2, '0')}`
  const rows: (readonly string[])[] = [
    ['Invoice', number, ...by, date, 'Yes', 'No', 'Main', invoice % 3 === 0 ? 'EUR' : 'USD', `Ref ${invoice * 7}`],
  ]
  for (let line = 1; line <= LINES_PER_INVOICE; line += 1) {
    const part = (invoice * 31 + line) % 5000
    const price = `${10 + (part % 90)}.${String(part % 100).padStart(2, '0')}`
    const order = [`${4000 + (invoice % 900)}`, String(line), '1000', String(200 + (part % 50))]
    rows.push([
      'Invoice Line',
      number,
      ...by,
      String(line),
      `Hex bolt M8, box ${part}`,
      `P-${part}`,
      price,
      '2',
      'EA',
      ...order,
    ])
    if (line % 4 === 0) {
      rows.push(['Account Allocation', number, String(line), price, '60', `1000-${200 + (part % 50)}`])
      rows.push(['Account Allocation', number, String(line), price, '40', `1000-${250 + (part % 50)}`])
    }
  }
  return rows
}

function padded(fields: readonly string[]): readonly string[] {
  return [...fields, ...Array.from({ length: HEADERS.line.length - fields.length }, () => '')]
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}
