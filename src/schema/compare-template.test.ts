import { describe, expect, it } from '@jest/globals'
import { compareTemplate } from './compare-template.ts'
import type { CustomField } from './file-schema.ts'
import { loadSchema } from './load-schema.ts'
import { selectSchema } from './select-schema.ts'
import { templateRows } from './template-rows.ts'

const schemaOf = (object: string, customFields: readonly CustomField[] = []) =>
  selectSchema(loadSchema(object, 'import'), { customFields })

const compare = (object: string, ...rows: readonly (readonly string[])[]) => compareTemplate(schemaOf(object), rows)

describe('compareTemplate', () => {
  it('finds the custom fields, and which of them are required', () => {
    const [found] = compare('departments', ['Name*', 'Id', 'Active *', 'Cost Bearer', 'Badge No*', ''])
    expect(found).toMatchObject({
      record: 'Department',
      known: ['Name', 'Id', 'Active'],
      missing: [],
      isForeign: false,
    })
    expect(found?.customFields).toEqual([
      { name: 'Cost Bearer', isRequired: false },
      { name: 'Badge No', isRequired: true },
    ])
  })

  it('takes a field for custom that the configuration declares already', () => {
    const schema = schemaOf('departments', [{ name: 'Bin', type: 'string' }])
    expect(compareTemplate(schema, [['Name', 'Active', 'Bin']])[0]?.customFields).toEqual([
      { name: 'Bin', isRequired: false },
    ])
  })

  it('tells names that cannot be prompt names, and those near a standard column', () => {
    const [found] = compare('departments', ['Name', 'Actve', 'Yes, or No'])
    expect(found?.customFields).toEqual([
      { name: 'Actve', isRequired: false, resembles: 'Active' },
      { name: 'Yes, or No', isRequired: false, fault: 'holds a comma' },
    ])
    expect(found?.missing.map(({ name }) => name)).toEqual(['Id', 'Active'])
  })

  it('tells columns of another release, and stars where the schema has none', () => {
    const [found] = compare('users', ['Login*', 'Edit Invoice On Quick Entry', 'Department*'])
    expect(found?.otherRelease.map(({ name }) => name)).toEqual(['Edit Invoice On Quick Entry'])
    expect(found?.requiredHere).toEqual(['Department'])
  })

  it('never misses hidden columns and placeholders', () => {
    const schema = schemaOf('budget-lines')
    const [row] = templateRows(schema)
    const [found] = compareTemplate(schema, [row?.header ?? []])
    expect(found?.missing).toEqual([])
  })

  it('suspects a template in another language', () => {
    expect(compare('users', ['Anmeldung*', 'Vorname*', 'Nachname*', 'Id'])[0]?.isForeign).toBe(true)
  })

  it('compares each header row of a file of several record types', () => {
    const rows = [
      ['Header', 'PO number', 'Dock'],
      ['Line', 'Line Number', 'Bin*'],
      ['Header', '1', 'D4'],
    ]
    expect(compare('order-confirmations', ...rows).map(({ record, customFields }) => [record, customFields])).toEqual([
      ['Header', [{ name: 'Dock', isRequired: false }]],
      ['Line', [{ name: 'Bin', isRequired: true }]],
    ])
  })

  it('has nothing to say of an empty file', () => {
    expect(compare('users')).toEqual([])
  })
})
