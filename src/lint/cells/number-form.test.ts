import { describe, expect, it } from '@jest/globals'
import { assert, double, integer, property } from 'fast-check'
import { readForeignNumber } from './foreign-number.ts'
import { countDigits, isDecimal, isInteger } from './number-form.ts'

describe('the form of numbers', () => {
  it('takes what the program itself writes', () => {
    assert(property(integer(), (value) => isInteger(String(value)) && isDecimal(String(value))))
    assert(
      property(double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const text = value.toFixed(4)
        const { whole, decimals } = countDigits(text)
        return isDecimal(text) && !isInteger(text) && decimals <= 4 && whole <= 10
      }),
    )
  })
  it.each(['', '-', '+', '.', '5.', '1.2.3', ' 1', '1 ', '1e5', '١'])('refuses %j', (text) => {
    expect([isInteger(text), isDecimal(text)]).toEqual([false, false])
  })
  it.each<[string, number, number]>([
    ['0', 0, 0],
    ['-007.50', 1, 1],
    ['.250', 0, 2],
    ['120', 3, 0],
    ['12.00', 2, 0],
  ])('counts the digits of %j', (text, whole, decimals) => {
    expect(countDigits(text)).toEqual({ whole, decimals })
  })
})

describe('numbers of other countries', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['1,5', ['1.5']],
    ['0,125', ['0.125']],
    ['1,250', ['1250', '1.250']],
    ['1.234,5', ['1234.5']],
    ['1,234,567', ['1234567']],
    ['1 234,5', ['1234.5']],
    ["1'234.5", ['1234.5']],
    ['(1,5)', ['-1.5']],
    ['1,5-', ['-1.5']],
    ['€ 5', ['5']],
    ['5 EUR', ['5']],
    ['1,5E+05', []],
    ['1.5', undefined],
    ['1,', undefined],
    ['1,23,456.7', undefined],
    ['1.234,567.8', undefined],
    ['1,234.', undefined],
    ['(n/a)', undefined],
    ['5 or 6', undefined],
  ])('reads %j as %j', (text, readings) => {
    expect(readForeignNumber(text)?.readings).toEqual(readings)
  })
})
