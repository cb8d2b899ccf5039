import type { Column } from '../schema/index.ts'

/**
 * A made-up value that fits a column of an export.
 *
 * @param n Number of the record, from 1: values of different records differ.
 */
export function sampleValue(column: Column, n: number, at: Date): string {
  const { name, type, allowed, suggested, format } = column
  if (/^custom-field-\d+$/.test(name)) return ''
  const choice = allowed ?? suggested
  if (choice && choice.length > 0) return choice[n % choice.length] ?? ''
  switch (type) {
    case 'integer':
      return String(1000 + n)
    case 'decimal':
    case 'float':
      return `${n}.50`
    case 'boolean':
      // Source: a supplier item export of 2026 prints booleans in lower case.
      return n % 2 === 0 ? 'true' : 'false'
    case 'date':
      return at.toISOString().slice(0, 10)
    case 'datetime':
      return `${at.toISOString().slice(0, 19)}+00:00`
    default:
      return textFor(format, name, n).slice(0, column.length)
  }
}

function textFor(format: Column['format'], name: string, n: number): string {
  switch (format) {
    case 'currency-code':
      return 'USD'
    case 'money-with-currency':
      return `${n}.50 USD`
    case 'country-code':
      return 'US'
    case 'locale':
      return 'en'
    case 'email':
      return `person${n}@example.com`
    case 'url':
      return `https://example.com/${n}`
    case 'domain':
      return 'example.com'
    case 'digits':
    case 'number':
      return String(n)
    default:
      return `${name.replaceAll('-', ' ')} ${n}`
  }
}
