import { readdirSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { openDefinition } from './open-definition.ts'
import { readDefinition } from './read-definition.ts'
import { SCHEMAS_FOLDER } from './schema-files.ts'

const folder = useTempFolder()
const files = (['import', 'export'] as const).flatMap((direction) =>
  readdirSync(`${SCHEMAS_FOLDER}${direction}`).map((name) => `${direction}/${name}`),
)

describe('openDefinition', () => {
  it.each(files)('opens %s as the check reads it', (file) => {
    expect(openDefinition(SCHEMAS_FOLDER + file)).toEqual(readDefinition(SCHEMAS_FOLDER + file))
  })

  it.each(['{', 'null', '{}', '{"records": 7}'])('refuses a damaged file: %s', (text) => {
    const file = folder.write('users.json', text)
    expect(() => openDefinition(file)).toThrow(expect.objectContaining({ code: 'SCHEMA_INVALID' }))
  })
})
