import { describe, expect, it } from '@jest/globals'
import { decimalMarkOf } from './decimal-mark.ts'

describe('the decimal mark of a number', () => {
  it.each(['12,5', '-12,50', '1234,567', '0,123', '1.234,5', '1.234.567,89', '1,2345'])('is a comma in %s', (text) => {
    expect(decimalMarkOf(text)).toBe(',')
  })
  it.each(['12.5', '+12.50', '1234.567', '0.123', '.5', '.123', '1,234.5', '1,234,567.89'])(
    'is a point in %s',
    (text) => {
      expect(decimalMarkOf(text)).toBe('.')
    },
  )
  it.each(['1,234', '1.234', '1234', '', 'x', '1.23,4', '1,,2', '1.234.567', '12,5x', '5.'])(
    'is open in %j',
    (text) => {
      expect(decimalMarkOf(text)).toBeUndefined()
    },
  )
})
