import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

/** Twenty columns of Coupa's users import, in its order. Source: Coupa flat-file documentation, April 2026. */
const COLUMNS = [
  'Login',
  'Status',
  'Purchasing User',
  'Expense User',
  'Authentication Method',
  'Sso Identifier',
  'Email',
  'First Name',
  'Last Name',
  'Employee Number',
  'Department',
  'Approval Limit',
  'Default Currency',
  'Default Locale',
  'Default Address Location Code',
  'Default Address Street 1',
  'Default Address City',
  'Default Address Attention',
  'Default Address Name',
  'Mention Name',
]

const FIRST_NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elena', 'Farid', 'Grace', 'Hiroshi', 'Ingrid', 'Jamal']
const LAST_NAMES = ['Abernathy', 'Bergstrom', 'Castellano', 'Dupont', 'Eriksen', 'Fernandez', 'Gallagher', 'Hoffmann']
const DEPARTMENTS = ['Procurement', 'Accounts Payable', 'Research and Development', 'Facilities', 'Legal', 'Marketing']
const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF']
const LOCALES = ['en', 'de', 'fr', 'es']
const CITIES = ['Amsterdam', 'Birmingham', 'Chicago', 'Düsseldorf', 'San Francisco', 'Zurich']
const ASCII_CITIES = CITIES.map((city) => city.replace('ü', 'ue'))

const FOLDER = join(import.meta.dirname, '.data')
const ROWS_PER_WRITE = 1000

/** What the file holds. */
export interface UsersFile {
  /** Default: 500,000, which makes some 120 MB. */
  readonly rows?: number
  /** Whether every sixth city has a letter beyond ASCII. */
  readonly hasAccents?: boolean
  /** A fault in every row: a status that there is not, or a field too many. */
  readonly fault?: 'value' | 'length'
}

/**
 * Writes a users file that is the same on every machine, unless it is there already: every field quoted, CRLF, values
 * that a lint finds nothing in unless faults are asked for, one cell in a hundred with a doubled quote or a line break.
 *
 * @returns Its path, in `bench/.data/`.
 */
export async function makeUsersFile({ rows = 500_000, hasAccents = false, fault }: UsersFile = {}): Promise<string> {
  const path = join(FOLDER, `users-${rows}${hasAccents ? '-accents' : ''}${fault ? `-${fault}` : ''}.csv`)
  if (await isThere(path)) return path
  await mkdir(FOLDER, { recursive: true })
  const draft = `${path}.draft`
  const file = createWriteStream(draft)
  file.write(lineOf(COLUMNS))
  let text = ''
  for (let row = 1; row <= rows; row++) {
    text += lineOf(spoiled(cellsOf(row, hasAccents ? CITIES : ASCII_CITIES), fault))
    if (row % ROWS_PER_WRITE !== 0 && row !== rows) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end()
  await finished(file)
  await rename(draft, path)
  return path
}

function spoiled(cells: readonly string[], fault: UsersFile['fault']): readonly string[] {
  if (fault === 'value') return cells.map((cell, index) => (COLUMNS[index] === 'Status' ? `${cell}!` : cell))
  return fault === 'length' ? [...cells, ''] : cells
}

function cellsOf(row: number, cities: readonly string[]): readonly string[] {
  const first = pick(FIRST_NAMES, row)
  const last = pick(LAST_NAMES, row * 7)
  const login = `${first}.${last}.${row}`.toLowerCase()
  return [
    login,
    row % 11 === 0 ? 'inactive' : 'active',
    'Yes',
    row % 2 === 0 ? 'Yes' : 'No',
    'saml',
    login,
    `${login}@example.com`,
    first,
    last,
    `E${String(row).padStart(8, '0')}`,
    pick(DEPARTMENTS, row * 5),
    `${(row % 90) * 100 + 500}.00 ${pick(CURRENCIES, row)}`,
    pick(CURRENCIES, row),
    pick(LOCALES, row * 3),
    `LOC-${row % 4000}`,
    // One row in ten has a doubled quote and another a line break: two cells in two hundred.
    row % 10 === 3 ? `${row % 900} "Old" Mill Rd` : `${row % 900} Park Road`,
    pick(cities, row * 11),
    row % 10 === 7 ? `Goods receipt\r\nDock ${row % 40}` : `Dock ${row % 40}`,
    `Building ${row % 60}`,
    '',
  ]
}

function pick(values: readonly string[], turn: number): string {
  return values[turn % values.length] as string
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false
    throw cause
  }
}
