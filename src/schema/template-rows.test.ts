import { describe, expect, it } from '@jest/globals'
import { conditionHolds } from './condition-holds.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'
import { selectSchema } from './select-schema.ts'
import { templateRows } from './template-rows.ts'

const imports = listSchemas().filter(({ direction }) => direction === 'import')
const rowsOf = (object: string) => {
  const schema = selectSchema(loadSchema(object, 'import'))
  return templateRows(schema).map((row) => {
    const record = schema.records.find(({ name }) => name === row.record)
    if (record === undefined) throw new Error(`${row.record} is no record type of ${object}`)
    const cells = new Map(row.header.map((name, index) => [name, row.sample[index] ?? '']))
    return { row, record, cells }
  })
}

describe('templateRows', () => {
  it.each(imports.map(({ object }) => object))(
    'of %s fills what is required and keeps within the lengths',
    (object) => {
      for (const { row, record, cells } of rowsOf(object)) {
        expect(row.sample).toHaveLength(row.header.length)
        const cell = (name: string): string | undefined => cells.get(name)
        const faults = record.columns
          .filter(({ isInRelease }) => isInRelease)
          .filter((column) => {
            const text = cells.get(column.name) ?? ''
            const needs =
              column.required ?? (column.requiredWhen !== undefined && conditionHolds(column.requiredWhen, cell))
            if (text === '') return needs && cells.has(column.name)
            if (column.length !== undefined && text.length > column.length) return true
            if (column.minLength !== undefined && text.length < column.minLength) return true
            if (column.lengths !== undefined && !column.lengths.includes(text.length)) return true
            if (column.allowed !== undefined && !column.allowed.includes(text)) return true
            if (column.type === 'integer' && !/^\d+$/.test(text)) return true
            if (column.min !== undefined && Number(text) < column.min) return true
            if (column.noGapsWith !== undefined && cells.get(column.noGapsWith) === '') return true
            return column.blankWhen !== undefined && conditionHolds(column.blankWhen, cell)
          })
        expect(faults.map(({ name }) => name)).toEqual([])
        for (const group of record.requireOneOf ?? []) {
          expect(group.some((set) => set.every((name) => (cells.get(name) ?? '') !== ''))).toBe(true)
        }
      }
    },
  )

  it('shows a user as people know one', () => {
    const [users] = rowsOf('users')
    expect(users?.cells.get('Login')).toBe('jane.doe')
    expect(users?.cells.get('Email')).toBe('jane.doe@example.com')
    expect(users?.cells.get('Id')).toBe('')
    expect(users?.row.header).toContain('Login')
  })

  it('marks the rows of a file of several record types', () => {
    const rows = rowsOf('order-confirmations').map(({ row }) => [row.header[0], row.sample[0]])
    expect(rows).toEqual([
      ['Header', 'Header'],
      ['Line', 'Line'],
      ['Schedule Line', 'Schedule Line'],
    ])
  })

  it('tells record types that are files of their own', () => {
    expect(rowsOf('accounts').map(({ row }) => [row.record, row.isSeparateFile])).toEqual([
      ['Account', false],
      ['Account Group', true],
    ])
  })

  it('gives one record type on request, with its custom fields', () => {
    const customFields = [{ name: 'Bin', type: 'integer', required: true, record: 'Invoice Line' } as const]
    const schema = selectSchema(loadSchema('invoices', 'import'), { customFields })
    const rows = templateRows(schema, 'Invoice Line')
    expect(rows.map(({ record }) => record)).toEqual(['Invoice Line'])
    expect([rows[0]?.header.at(-1), rows[0]?.sample.at(-1)]).toEqual(['Bin', '1'])
  })

  it('fills what its own cells call for, and blanks what they forbid', () => {
    const releases = 'R21-'
    const columns = [
      { name: 'Third', type: 'string', requiredWhen: { column: 'Second', filled: true }, releases },
      { name: 'Second', type: 'string', requiredWhen: { column: 'Method', equals: 'cxml' }, releases },
      { name: 'Method', type: 'string', allowed: ['cxml', 'email'], required: true, releases },
      { name: 'Description', type: 'string', blankWhen: { column: 'Method', equals: 'cxml' }, releases },
      { name: 'Part 1', type: 'string', releases },
      { name: 'Part 2', type: 'string', noGapsWith: 'Part 1', required: true, releases },
    ] as const
    const definition = { ...loadSchema('departments', 'import'), keys: [], records: [{ name: 'Row', columns }] }
    const [row] = templateRows(selectSchema(definition))
    const filled = row?.header.filter((_, index) => row.sample[index] !== '')
    expect(filled).toEqual(['Third', 'Second', 'Method', 'Part 1', 'Part 2'])
  })

  it('has only the columns of the release', () => {
    const rows = templateRows(selectSchema(loadSchema('users', 'import'), { release: 'R23' }))
    expect(rows[0]?.header).not.toContain('Contingent Workforce User')
    expect(rows[0]?.header).toContain('Login')
  })

  it('leaves placeholders of custom fields and hidden columns out', () => {
    expect(templateRows(selectSchema(loadSchema('exchange-rates', 'export')))).toEqual([])
    const [budget] = rowsOf('budget-lines')
    expect(budget?.row.header).not.toContain('Remaining Budget')
  })
})
