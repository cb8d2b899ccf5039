import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { SCHEMA_INDEX_FILE, schemaIndexText } from '../../scripts/gen-schema-index.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'
import { summarise } from './schema-summary.ts'

describe('the index of the schemas', () => {
  it('is what the definitions say; `npm run gen` writes it anew', () => {
    expect(readFileSync(SCHEMA_INDEX_FILE, 'utf8')).toBe(schemaIndexText())
  })

  it('leaves placeholders of custom fields out of the headers', () => {
    const [record] = summarise(loadSchema('exchange-rates', 'export')).records
    expect(record).toMatchObject({ isPlaceholdersOnly: true, headers: [] })
  })

  it('counts the columns of all record types', () => {
    const users = listSchemas().find(({ object, direction }) => object === 'users' && direction === 'import')
    expect(users?.columnCount).toBe(loadSchema('users', 'import').records[0]?.columns.length)
  })
})
