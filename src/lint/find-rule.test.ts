import { describe, expect, it } from '@jest/globals'
import { findRule } from './find-rule.ts'

describe('a rule', () => {
  it('is found by its code in any case and by its name', () => {
    for (const word of ['R101', 'r101', 'ragged-record']) expect(findRule(word)?.code).toBe('R101')
  })
  it('is not found by the beginning of a code', () => expect(findRule('R10')).toBeUndefined())
})
