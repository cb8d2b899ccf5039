import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, USERS_HEADER } from '../../../test/findings-of.ts'

describe('H103 unknown-column', () => {
  const file = `${USERS_HEADER},"Emplyee Number","Shoe Size"\r\n${ANN},"E1","42"\r\n`

  it('suggests the nearest column, where there is one', () => {
    expect(findingsOf('H103', file)).toMatchObject([
      { severity: 'error', hint: expect.stringContaining('“Employee Number”'), at: { line: 1, field: 5, cell: 'E1' } },
      { hint: expect.stringContaining('customFields'), at: { field: 6, column: 'Shoe Size', cell: 'F1' } },
    ])
  })
  it('tells of headers in another language that Coupa has English ones', () => {
    const german = '"Benutzername","Status","Abteilung"\r\n"ann","active","Rechnungswesen"\r\n'
    const hint = 'Coupa’s formats have English headers: take those of `flatgate template users`.'
    expect(findingsOf('H103', german).map((finding) => finding.hint)).toEqual([hint, hint])
  })
  it('is a warning where flatgate leaves the column out, and a note on exports', () => {
    const severities = (settings: Record<string, string>): unknown[] =>
      findingsOf('H103', file, settings).map(({ severity }) => severity)
    expect(severities({ purpose: 'delivery' })).toEqual(['warning', 'warning'])
    expect(severities({ direction: 'export' })).toContain('info')
  })
  it('is silent on a declared custom field and on a blank header', () => {
    const custom = `${USERS_HEADER},"Shoe Size",""\r\n${ANN},"42",""\r\n`
    expect(findingsOf('H103', custom, { custom: 'Shoe_Size:integer' })).toEqual([])
  })
})
