import type { Column } from './definition.ts'
import { normaliseHeader } from './normalise-header.ts'

/** House: a Sunday in the past, so that week starts and dates that may not lie ahead are right as well. */
const DAY = '2024-01-28'

/** Realistic values of columns that many objects have, by normalised name. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Login: 'jane.doe',
    Email: 'jane.doe@example.com',
    'First Name': 'Jane',
    'Last Name': 'Doe',
    'Employee Number': '10042',
    'User Role Names': 'User',
    Department: 'Engineering',
    'Default Currency': 'USD',
    Name: 'Example',
    Description: 'An example',
    Status: 'active',
    Active: 'Yes',
    'Supplier Name': 'Acme Industrial',
    'Supplier Number': 'S-1001',
    Supplier: 'Acme Industrial',
    'Item Number': 'I-2001',
    'UOM Code': 'EA',
    UOM: 'EA',
    'Unit of Measure': 'EA',
    'Chart of Accounts': 'Main',
    'Chart of Accounts Name': 'Main',
    'Segment 1': '1000',
    'Segment 2': '200',
    'From Currency': 'USD',
    'To Currency': 'EUR',
    Rate: '0.92',
    Line1: '1 Main Street',
    'Line 1': '1 Main Street',
    'Primary Address Street 1': '1 Main Street',
    'Street 1': '1 Main Street',
    City: 'Springfield',
    State: 'IL',
    'Postal Code': '62701',
    'Country Code': 'US',
    'Location Code': 'HQ',
    'Invoice Number': 'INV-5001',
    'PO Number': '4001',
    'Line Number': '1',
    'Line Num': '1',
    'Order Line Number': '1',
    Quantity: '2',
    Price: '19.99',
    Currency: 'USD',
    'Currency Code': 'USD',
    Commodity: 'Office Supplies',
    Locale: 'en',
  }).map(([name, value]) => [normaliseHeader(name), value]),
)

/** Names of the records themselves, by object, where one says more than `Example`. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['suppliers', 'Acme Industrial'],
  ['items', 'Hex bolt M8'],
  ['accounts', 'Office supplies'],
  ['account-types', 'Main'],
  ['departments', 'Engineering'],
  ['commodities', 'Office Supplies'],
])

/** The name of a sample record of an object. */
export function sampleName(object: string): string | undefined {
  return OWN_NAMES.get(object)
}

/** A value that makes the row easier to understand, or `undefined` where the column is not one of the well-known. */
export function wellKnownCell(column: Column): string | undefined {
  const known = BY_NAME.get(normaliseHeader(column.name))
  return known !== undefined && fits(column, known) ? known : undefined
}

/** A cell that the column takes: well-known value, enumeration, format, type, in this order. */
export function sampleCell(column: Column): string {
  return (
    wellKnownCell(column) ??
    column.allowed?.[0] ??
    byParts(column) ??
    byFormat(column) ??
    byType(column) ??
    asLongAs(column, column.suggested?.[0] ?? 'Example')
  )
}

/** Whether a ready-made value breaks nothing that the column states. */
function fits(column: Column, value: string): boolean {
  const { allowed, format, length, lengths, minLength, type } = column
  if (allowed !== undefined && !allowed.includes(value)) return false
  if (length !== undefined && value.length > length) return false
  if (minLength !== undefined && value.length < minLength) return false
  if (lengths !== undefined && !lengths.includes(value.length)) return false
  if (type === 'boolean') return value === 'Yes'
  if (type === 'date' || type === 'datetime') return false
  if (type === 'integer') return /^\d+$/.test(value) && isInRange(column, Number(value))
  if (type === 'decimal' || type === 'float') return /^\d+(?:\.\d+)?$/.test(value) && isInRange(column, Number(value))
  return format === undefined || byFormat(column)?.length === value.length || format === 'email'
}

function byParts({ parts, partSeparator }: Column): string | undefined {
  return parts === undefined || partSeparator === undefined ? undefined : parts.join(partSeparator)
}

function byFormat(column: Column): string | undefined {
  switch (column.format) {
    case undefined:
      return undefined
    case 'money-with-currency':
      return '1000.00 USD'
    case 'currency-code':
      return 'USD'
    case 'country-code':
      return COUNTRY[column.countryCodeForms?.[0] ?? 'alpha-2']
    case 'locale':
      return 'en'
    case 'email':
      return 'jane.doe@example.com'
    case 'phone':
      return '217-555-0100'
    case 'url':
      return 'https://www.example.com'
    case 'domain':
      return 'example.com'
    case 'timezone':
      return 'America/New_York'
    case 'zip-path':
      return 'attachments/example.pdf'
    case 'digits':
      return '1'.repeat(column.lengths?.[0] ?? Math.max(column.minLength ?? 1, Math.min(9, column.length ?? 9)))
    case 'number':
      return '1'
    case 'unspsc':
      return '43211503'
    case 'isic':
      return '6201'
    default:
      return column.format satisfies never
  }
}

/** What the name of an otherwise plain column asks for. */
function byWord(column: Column): string | undefined {
  const value = /(?:number|num|id|code|#)$/i.test(column.name)
    ? '1001'
    : /(?:amount|total|price|purchases|percent|quantity|qty|hours)$/i.test(column.name)
      ? '1'
      : undefined
  return value === undefined ? undefined : asLongAs(column, value)
}

const COUNTRY = { 'alpha-2': 'US', 'alpha-3': 'USA', numeric: '840' } as const

function byType(column: Column): string | undefined {
  switch (column.type) {
    case 'boolean':
      return 'Yes'
    case 'integer':
      return String(smallest(column))
    case 'decimal':
    case 'float':
      return column.scale === 0 ? String(smallest(column)) : `${smallest(column)}.5`
    case 'date':
    case 'datetime':
      return dateCell(column)
    case 'string':
    case 'text':
    case 'reference':
    case 'unknown':
      return column.pattern?.startsWith('YYYY') === true ? dateCell(column) : byWord(column)
    default:
      return column.type satisfies never
  }
}

function smallest({ min, ranges }: Column): number {
  return Math.max(1, min ?? ranges?.[0]?.[0] ?? 1)
}

function isInRange({ min, max, ranges }: Column, value: number): boolean {
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) return false
  return ranges === undefined || ranges.some(([low, high]) => low <= value && value <= high)
}

function dateCell({ type, pattern, dateFormats, isDateOnly }: Column): string {
  if (dateFormats !== undefined) return dateIn(dateFormats.find((one) => /^y/i.test(one)) ?? dateFormats[0] ?? '')
  if (pattern === 'MM/DD/YYYY') return dateIn('mm/dd/yyyy')
  if (type === 'date' || isDateOnly === true || pattern === 'YYYY-MM-DD') return DAY
  return `${DAY}T00:00:00+00:00`
}

/** In a form that a definition names by its order (`mdy`) or spells out (`dd-mm-yyyy`). */
function dateIn(form: string): string {
  const [year = '', month = '', day = ''] = DAY.split('-')
  const separator = /[^dmy]/i.exec(form)?.[0] ?? '-'
  const parts = { y: year, m: month, d: day }
  const order = [...new Set(form.toLowerCase().replaceAll(/[^dmy]/g, ''))]
  return order.map((letter) => parts[letter as 'y' | 'm' | 'd']).join(separator)
}

function asLongAs({ length, lengths, minLength }: Column, text: string): string {
  const most = lengths?.[0] ?? length ?? text.length
  const least = lengths?.[0] ?? minLength ?? 0
  return text.slice(0, most).trim().padEnd(least, 'x')
}
