import { expect, it } from '@jest/globals'
import { numberText } from './number-text.ts'

it.each([0, 7, 999, 1_000, 12_345, 1_234_567, 2 ** 53 - 1])('%i is written as the engine would', (count) => {
  expect(numberText(count)).toBe(count.toLocaleString('en'))
})
