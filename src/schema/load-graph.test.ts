import { describe, expect, it } from '@jest/globals'
import { asDot, asMermaid, neededFor } from './load-graph.ts'
import type { LoadEdge, LoadOrder } from './load-order.ts'

const edge = (object: string, needs: string): LoadEdge => ({ object, needs, columns: ['x'], isDoubtful: false })
const self = edge('commodities', 'commodities')
const order: LoadOrder = {
  steps: [['account-types', 'commodities', 'lone'], ['accounts', 'items'], ['users']],
  edges: [edge('accounts', 'account-types'), edge('items', 'commodities'), edge('users', 'accounts'), self],
  broken: [self],
}

describe('neededFor', () => {
  it('keeps an object with all that it needs, and nothing else', () => {
    expect(neededFor(order, ['users']).steps).toEqual([['account-types'], ['accounts'], ['users']])
    expect(neededFor(order, ['items'])).toMatchObject({ steps: [['commodities'], ['items']], broken: [self] })
    expect(neededFor(order, ['lone'])).toEqual({ steps: [['lone']], edges: [], broken: [] })
  })
})

describe('a picture of the order', () => {
  it('is a Mermaid flow chart', () => {
    expect(asMermaid(neededFor(order, ['items', 'accounts']))).toBe(
      [
        'flowchart LR',
        '  account_types["account-types"]',
        '  commodities["commodities"]',
        '  accounts["accounts"]',
        '  items["items"]',
        '  account_types --> accounts',
        '  commodities --> items',
        '  commodities -.-> commodities',
      ].join('\n'),
    )
  })

  it('is a graph for Graphviz', () => {
    expect(asDot(neededFor(order, ['items']))).toBe(
      [
        'digraph "load order" {',
        '  rankdir=LR;',
        '  "commodities";',
        '  "items";',
        '  "commodities" -> "items";',
        '  "commodities" -> "commodities" [style=dashed, constraint=false];',
        '}',
      ].join('\n'),
    )
  })

  it('shows an object that needs nothing, but not those beside others', () => {
    expect(asMermaid(neededFor(order, ['lone']))).toContain('lone["lone"]')
    expect(asMermaid(order)).not.toContain('lone')
  })
})
