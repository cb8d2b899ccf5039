import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { parse } from 'csv-parse/sync'
import { systemClock } from '../base/index.ts'
import { listSchemas, loadSchema } from '../schema/index.ts'
import { writeExport } from './write-export.ts'

const clock = { ...systemClock, now: () => new Date('2026-11-20T04:05:06Z') }

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flatgate-export-'))
})
afterEach(() => rmSync(root, { recursive: true }))

it('writes every field in quotes under the columns of the schema, and leaves no draft', () => {
  const path = writeExport(root, clock, { object: 'suppliers', rows: 2 })
  expect(path).toBe('/Outgoing/Suppliers/suppliers_20261120_040506Z.csv')
  const text = readFileSync(join(root, path), 'utf8')
  expect(text).toMatch(/^("[^"]*"(,|\r\n))+$/)
  const [header, ...rows] = parse(text)
  expect(header).toEqual(loadSchema('suppliers', 'export').records[0]?.columns.map(({ name }) => name))
  expect(rows).toHaveLength(2)
  expect(rows.flat()).toEqual(expect.arrayContaining(['true', 'false']))
  expect(readdirSync(join(root, 'Outgoing/Suppliers'))).toEqual(['suppliers_20261120_040506Z.csv'])
})

it('writes all rows of several record types equally wide', () => {
  const path = writeExport(root, clock, { object: 'invoices', rows: 2 })
  const rows = parse(readFileSync(join(root, path)))
  expect(rows.map(([first]) => first)).toEqual(['type', 'type', 'Header', 'Line', 'Header', 'Line'])
  expect(path).toMatch(/InvoiceHeader_/)
})

it('writes given cells, quotes and line breaks included', () => {
  const path = writeExport(root, clock, { object: 'suppliers', rows: [{ Name: 'Acme "A",\nInc' }] })
  const [record] = parse<Record<string, string>>(readFileSync(join(root, path)), { columns: true })
  expect(record?.['Name']).toBe('Acme "A",\nInc')
})

it('takes the next free second, never a name twice', () => {
  const paths = [1, 2, 3].map(() => writeExport(root, clock, { object: 'users', rows: 1 }))
  expect(paths.map((path) => path.slice(-8))).toEqual(['506Z.csv', '507Z.csv', '508Z.csv'])
})

it('writes the older names and ZIP files on request', () => {
  const path = writeExport(root, clock, { object: 'users', rows: 1, fileNameStyle: 'older', zip: true })
  expect(path).toBe('/Outgoing/Users/users_201126040506.zip')
  expect(new AdmZip(join(root, path)).getEntries().map(({ entryName }) => entryName)).toEqual([
    'users_201126040506.csv',
  ])
})

it('can write every export there is', () => {
  for (const { object, direction } of listSchemas()) {
    if (direction !== 'export') continue
    const path = writeExport(root, clock, { object, rows: 1 })
    expect(parse(readFileSync(join(root, path))).length).toBeGreaterThan(1)
  }
})
