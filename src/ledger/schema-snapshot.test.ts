import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { schemaSnapshot } from './schema-snapshot.ts'

describe('the migrations', () => {
  it('make of an empty file exactly the committed schema', async () => {
    expect(await schemaSnapshot()).toBe(await readFile(new URL('schema.sql', import.meta.url), 'utf8'))
  })
})
