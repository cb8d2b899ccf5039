import { describe, expect, it } from '@jest/globals'
import { countText } from './count-text.ts'

describe('a count with its noun', () => {
  it('is singular for one only', () => {
    expect([0, 1, 2].map((count) => countText(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows'])
  })
  it('groups thousands', () => {
    expect([999, 1000, 1_234_567].map((count) => countText(count, 'byte'))).toEqual([
      '999 bytes',
      '1,000 bytes',
      '1,234,567 bytes',
    ])
  })
  it('takes another plural', () => expect(countText(2, 'record ends', 'records end')).toBe('2 records end'))
})
