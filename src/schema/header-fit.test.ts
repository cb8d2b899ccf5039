import { describe, expect, it } from '@jest/globals'
import { bestRecordType } from './header-fit.ts'
import { loadSchema } from './load-schema.ts'
import { selectSchema } from './select-schema.ts'

const bestOf = (object: string, header: readonly string[]): string | undefined =>
  bestRecordType(selectSchema(loadSchema(object, 'import')).records, header)?.name

describe('bestRecordType', () => {
  it('takes the record type that knows most cells', () => {
    expect(bestOf('items', ['Item Number', 'Name'])).toBe('Item')
    expect(bestOf('accounts', ['Name', 'Active', 'Segment 1'])).toBe('Account')
  })

  it('takes the first of two that know as much', () => {
    expect(bestOf('budget-lines', ['nothing', ''])).toBe('Budget Line')
  })

  it('takes no partial record type for the columns of others', () => {
    expect(bestOf('requisitions', ['Document', 'Assignee Type', 'Assignee'])).toBe('Requisition Header Assignment')
  })
})
