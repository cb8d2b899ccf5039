import { describe, expect, it } from '@jest/globals'
import { normaliseHeader } from './normalise-header.ts'

describe('normaliseHeader', () => {
  it.each([
    'Supplier Name',
    'supplier_name',
    ' SUPPLIER  NAME ',
    'Supplier Name*',
    'Supplier Name **',
    'Supplier\u00a0Name',
  ])('makes %j one header with the others', (text) => {
    expect(normaliseHeader(text)).toBe('suppliername')
  })

  it.each(['Supplier-Name', '*Supplier Name', 'Supplier Names'])('keeps %j apart', (text) => {
    expect(normaliseHeader(text)).not.toBe('suppliername')
  })
})
