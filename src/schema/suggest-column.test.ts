import { describe, expect, it } from '@jest/globals'
import { loadSchema } from './load-schema.ts'
import { type SchemaChoice, selectSchema } from './select-schema.ts'
import { suggestColumn } from './suggest-column.ts'

function suggest(header: string, choice: SchemaChoice = {}): string | undefined {
  const [record] = selectSchema(loadSchema('users', 'import'), choice).records
  return record && suggestColumn(record, header)
}

describe('suggestColumn', () => {
  it.each([
    ['Emial', 'Email'],
    ['FirstName*', 'First Name'],
    ['Employe Numer', 'Employee Number'],
    ['Lgoin', 'Login'],
  ])('takes %s for %s', (header, name) => {
    expect(suggest(header)).toBe(name)
  })

  it.each(['Shoe size', 'x', '', '*'])('suggests nothing for %j', (header) => {
    expect(suggest(header)).toBeUndefined()
  })

  it('suggests custom fields and no column that the release lacks', () => {
    expect(suggest('Cost Baerer', { customFields: [{ name: 'Cost Bearer', type: 'string' }] })).toBe('Cost Bearer')
    expect(suggest('Trave User', { release: 'R24' })).not.toBe('Travel User')
  })
})
