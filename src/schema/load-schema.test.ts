import { describe, expect, it } from '@jest/globals'
import { GatewayError } from '../base/index.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema, suggestObject } from './load-schema.ts'

function refusal(run: () => unknown): GatewayError {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the definitions', () => {
  it('are 72 imports and 70 exports', () => {
    const directions = listSchemas().map(({ direction }) => direction)
    expect(directions.filter((direction) => direction === 'import')).toHaveLength(72)
    expect(directions.filter((direction) => direction === 'export')).toHaveLength(70)
  })

  it.each(listSchemas().map(({ direction, object }) => ({ direction, object })))(
    'load $direction $object under its own name, frozen to the last column',
    ({ direction, object }) => {
      const definition = loadSchema(object, direction)
      expect(definition).toMatchObject({ object, direction })
      expect(Object.isFrozen(definition.records.at(-1)?.columns.at(-1))).toBe(true)
    },
  )

  it.each(['users', 'suppliers', 'items', 'accounts', 'account-types', 'exchange-rates'])(
    'know the import of %s, with a folder, both archives and the limits of a file',
    (object) => {
      const { folder, archiveFolders, limits } = loadSchema(object, 'import')
      expect(folder).toMatch(/^\/Incoming\/\w+$/)
      expect(archiveFolders).toHaveLength(2)
      expect(limits).toEqual({ rows: 5000, bytes: 8_000_000 })
    },
  )

  it('require nothing of exports', () => {
    const columns = listSchemas()
      .filter(({ direction }) => direction === 'export')
      .flatMap(({ object }) => loadSchema(object, 'export').records.flatMap((record) => record.columns))
    expect(columns.filter(({ required, unique, allowed }) => required ?? unique ?? allowed)).toEqual([])
  })

  it('give no folder to the objects that cannot travel over SFTP', () => {
    const kept = listSchemas().filter(({ noSftp }) => noSftp !== undefined)
    expect(kept.map(({ object }) => object)).toEqual([
      'quote-request-lines',
      'supplier-risk-aware-feeds',
      'tax-code-rules',
    ])
    expect(kept.filter(({ folder }) => folder !== undefined)).toEqual([])
  })

  it('name only objects that exist, or a word of Coupa, in their references', () => {
    const objects = new Set(listSchemas().map(({ object }) => object))
    const named = listSchemas()
      .flatMap(({ object, direction }) => loadSchema(object, direction).records)
      .flatMap(({ columns }) => columns.flatMap(({ references }) => references?.object ?? []))
    expect(named.filter((name) => !objects.has(name) && !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
  })
})

describe('loadSchema', () => {
  it('reads a definition once', () => {
    expect(loadSchema('users', 'import')).toBe(loadSchema('users', 'import'))
  })

  it('refuses an unknown object and names the nearest', () => {
    const { code, details } = refusal(() => loadSchema('supliers', 'import'))
    expect({ code, details }).toEqual({
      code: 'SCHEMA_UNKNOWN',
      details: { object: 'supliers', direction: 'import', suggestion: 'suppliers' },
    })
  })

  it('says that an object exists in the other direction only', () => {
    expect(refusal(() => loadSchema('accounts', 'export')).details).toEqual({
      object: 'accounts',
      direction: 'export',
      otherDirection: 'import',
    })
  })

  it('takes no path for an object', () => {
    expect(refusal(() => loadSchema('../index', 'import')).code).toBe('SCHEMA_UNKNOWN')
  })
})

describe('suggestObject', () => {
  it.each([
    ['Users', 'users'],
    ['exchange_rates', 'exchange-rates'],
    ['acounts', 'accounts'],
  ])('takes %s for %s', (written, object) => {
    expect(suggestObject(written, 'import')).toBe(object)
  })

  it('suggests nothing for another word', () => {
    expect(suggestObject('elephants', 'import')).toBeUndefined()
  })
})
