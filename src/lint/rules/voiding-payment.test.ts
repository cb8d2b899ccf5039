import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { voidingPayment } from './voiding-payment.ts'

const find = (cell: string, column = 'Check Amount Paid') =>
  lintCell(voidingPayment, column, cell, { object: 'invoice-payments' })

describe('O105 voiding-payment', () => {
  it('says what the amount does', () => {
    expect(find('-120.50')).toMatchObject({
      code: 'O105',
      severity: 'warning',
      message: '“-120.50” voids a payment of “120.50” instead of adding one',
      hint: 'Go on only if a payment is to be taken back.',
    })
  })
  it.each(['120.50', '0', '-0', '(120.50)', 'x'])('is silent on %j', (cell) => {
    expect(find(cell)).toBeUndefined()
  })
  it('looks at the amount that was paid only', () => {
    expect(find('-1', 'Check # / Note')).toBeUndefined()
  })
})
