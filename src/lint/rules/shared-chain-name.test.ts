import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { sharedChainName } from './shared-chain-name.ts'

const HEADER = ['Approval Chain Name', 'Approval Chain Type']
const object = 'approval-chains'
const find = (...rows: readonly (readonly string[])[]) => lintTable(sharedChainName, [HEADER, ...rows], { object })

describe('O102 shared-chain-name', () => {
  it('names the other row, its type and the name', () => {
    expect(find(['Big', 'requisition'], ['Big', 'Order'])).toMatchObject([
      {
        code: 'O102',
        severity: 'error',
        message: 'row 1 has a chain of type “requisition” with the same name “Big”',
        at: { row: 2, column: 'Approval Chain Name' },
      },
    ])
    expect(find(['Big', 'order'], [' Big', 'requisition'])).toHaveLength(1)
  })
  it('is silent for other types, for other names and for empty ones', () => {
    expect(
      find(['Big', 'requisition'], ['Big', 'invoice'], ['Small', 'order'], ['', 'order'], ['', 'requisition']),
    ).toEqual([])
  })
  it('does not apply where one of the columns is missing', () => {
    expect(lintTable(sharedChainName, [['Approval Chain Name'], ['Big']], { object })).toEqual([])
  })
})
