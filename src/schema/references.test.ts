import { describe, expect, it } from '@jest/globals'
import type { SchemaDefinition } from './definition.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'

const imports = listSchemas().flatMap(({ object, direction }) => (direction === 'import' ? [object] : []))

/** Attributes that no column of the object's own file carries by itself. */
const WITHOUT_COLUMN = ['accounts code', 'accounts full code', 'addresses remit to code', 'users name']

/** `object by` of every reference to an object of these schemas that says by what. */
function namedBy({ records }: SchemaDefinition): readonly string[] {
  return records.flatMap(({ columns }) =>
    columns.flatMap(({ references }) =>
      references?.by !== undefined && imports.includes(references.object)
        ? [`${references.object} ${references.by}`]
        : [],
    ),
  )
}

describe('references of the schemas', () => {
  const named = [...new Set(imports.flatMap((object) => namedBy(loadSchema(object, 'import'))))].sort()
  const attributes = imports.flatMap((object) =>
    Object.keys(loadSchema(object, 'import').attributes ?? {}).map((by) => `${object} ${by}`),
  )

  it('name a column of the other object, but for those that no column carries', () => {
    expect(named.filter((name) => !attributes.includes(name))).toEqual(WITHOUT_COLUMN)
  })
  it('tie more than thirty objects together', () => {
    const tied = imports.filter((object) => namedBy(loadSchema(object, 'import')).length > 0)
    expect(tied.length).toBeGreaterThan(30)
  })
})
