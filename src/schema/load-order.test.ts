import { describe, expect, it } from '@jest/globals'
import type { Column, SchemaDefinition } from './definition.ts'
import { listSchemas } from './list-schemas.ts'
import { loadOrder } from './load-order.ts'
import { loadSchema } from './load-schema.ts'

type Facts = Readonly<Record<string, readonly (string | Column)[]>>

const column = (needs: string, more: Partial<Column> = {}): Column => ({
  name: `Its ${needs}`,
  type: 'string',
  references: { object: needs },
  releases: 'R21-',
  ...more,
})

/** Objects by the names of those that they need. */
function order(facts: Facts, more: Partial<SchemaDefinition> = {}) {
  return loadOrder(
    Object.entries(facts).map(([object, needs]) => ({
      ...loadSchema('departments', 'import'),
      ...more,
      object,
      keys: [],
      records: [{ name: 'Row', columns: needs.map((need) => (typeof need === 'string' ? column(need) : need)) }],
    })),
  )
}

const rings = ({ broken }: ReturnType<typeof order>): readonly string[] =>
  broken.map(({ object, needs, columns }) => `${object} → ${needs} (${columns.join(', ')})`)

describe('loadOrder', () => {
  it('puts each object behind those that it needs', () => {
    const { steps, broken } = order({
      users: ['departments', 'accounts'],
      accounts: ['types'],
      departments: [],
      types: [],
    })
    expect(steps).toEqual([['departments', 'types'], ['accounts'], ['users']])
    expect(broken).toEqual([])
  })

  it('leaves out what cannot be loaded, and columns that Coupa does not read', () => {
    const idle = [column('b', { isIgnored: true }), column('b', { releases: 'R21-R35' })]
    expect(order({ a: ['Currency', ...idle], b: [] }).edges).toEqual([])
  })

  it('tells an object that names itself, and keeps its place', () => {
    const found = order({ commodities: ['commodities'], items: ['commodities'] })
    expect(found.steps).toEqual([['commodities'], ['items']])
    expect(rings(found)).toEqual(['commodities → commodities (Its commodities)'])
  })

  it('breaks a ring where the reference is doubtful', () => {
    const doubtful = column('a', { uncertain: ['references: only the name suggests it'] })
    const found = order({ a: ['b'], b: [doubtful] })
    expect(found.steps).toEqual([['b'], ['a']])
    expect(rings(found)).toEqual(['b → a (Its a)'])
  })

  it('breaks a ring of equals where fewest columns refer', () => {
    const second = column('b', { name: 'Other b' })
    expect(rings(order({ a: ['b', second], b: ['a'] }))).toEqual(['b → a (Its a)'])
  })

  it('keeps an order that Coupa states, whatever columns say', () => {
    const facts = { a: [], b: ['a', column('a', { name: 'Other a' })] }
    const definitions = order(facts)
    expect(definitions.steps).toEqual([['a'], ['b']])
    const stated = loadOrder([
      { ...loadSchema('departments', 'import'), object: 'a', mustExistBefore: ['b'] },
      { ...loadSchema('departments', 'import'), object: 'b', mustExistBefore: [], records: bRecords() },
    ])
    expect(stated.steps).toEqual([['b'], ['a']])
    expect(stated.broken.map(({ object }) => object)).toEqual(['b'])
  })

  it('is the same in whatever order the objects come', () => {
    const facts: Facts = { a: ['b'], b: ['c'], c: ['a'], d: ['a'] }
    const turned = Object.fromEntries(Object.entries(facts).reverse())
    expect(order(turned).steps).toEqual(order(facts).steps)
  })

  it('finds the order that every integration of Coupa knows', () => {
    const imports = listSchemas().filter(({ direction }) => direction === 'import')
    const { steps } = loadOrder(imports.map(({ object }) => loadSchema(object, 'import')))
    const stepOf = (object: string): number => steps.findIndex((step) => step.includes(object))
    expect(steps.flat().sort()).toEqual(imports.map(({ object }) => object).sort())
    for (const [first, then] of [
      ['departments', 'users'],
      ['account-types', 'accounts'],
      ['accounts', 'budget-lines'],
      ['suppliers', 'items'],
      ['suppliers', 'remit-to-addresses'],
      ['users', 'approval-chains'],
      ['invoices', 'invoice-payments'],
    ] as const) {
      expect([first, then, stepOf(first) < stepOf(then)]).toEqual([first, then, true])
    }
  })
})

function bRecords(): SchemaDefinition['records'] {
  return [{ name: 'Row', columns: [column('a')] }]
}
