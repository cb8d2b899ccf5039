import { describe, expect, it } from '@jest/globals'
import { lintCell } from '../../../test/support/lint-table.ts'
import { fixBytes } from '../../../test/support/fix-bytes.ts'
import { notABoolean } from './not-a-boolean.ts'

// The samples of the page are run by test/rule-pages.test.ts; here are the edges.
describe('C401 not-a-boolean', () => {
  it.each([
    ['Purchasing User', 'users', 'active', 'error'],
    ['Purchasing User', 'users', '2', 'error'],
    ['Purchasing User', 'users', '0', 'info'],
    ['Purchasing User', 'users', '1', 'info'],
  ] as const)('fires in %s of %s on %j as %s', (column, object, cell, severity) => {
    expect(lintCell(notABoolean, column, cell, { object })).toMatchObject({ code: 'C401', severity })
  })
  it.each([
    ['Purchasing User', 'users', 'Yes'],
    ['Purchasing User', 'users', 'no'],
    ['Purchasing User', 'users', 'TRUE'],
    ['Purchasing User', 'users', 'f'],
    ['Purchasing User', 'users', 'Y'],
    ['Purchasing User', 'users', ' Yes '],
    ['Purchasing User', 'users', '  '],
    ['Active', 'accounts', '1'],
    ['Active', 'accounts', '0'],
    ['Service Sheet Required', 'suppliers', 'yes_customer'],
  ] as const)('is silent in %s of %s on %j', (column, object, cell) => {
    expect(lintCell(notABoolean, column, cell, { object })).toBeUndefined()
  })
  it('names the value, the fault and what to do', () => {
    expect(lintCell(notABoolean, 'Purchasing User', 'active')).toMatchObject({
      message: '“active” is neither yes nor no, as “Purchasing User” needs',
      hint: 'Write Yes or No.',
    })
  })
  it('offers the word that a digit stands for', () => {
    expect(lintCell(notABoolean, 'Purchasing User', '0')?.fix).toEqual({
      safety: 'safe',
      title: 'write No',
      replacement: 'No',
    })
  })
  it('offers the word that one of another language stands for, as a guess', () => {
    expect(lintCell(notABoolean, 'Purchasing User', 'NEIN')).toMatchObject({
      hint: 'Write No, if that is what it means (--unsafe-fixes does).',
      fix: { safety: 'unsafe', title: 'write No', replacement: 'No' },
    })
  })
  it('offers none where the documentation leaves the type of the column in doubt', () => {
    const remark = lintCell(notABoolean, 'Request change orders', 'Nein', { object: 'supplier-sites' })
    expect([remark?.severity, remark?.fix]).toEqual(['warning', null])
  })
  it('has its guesses mended only where unsafe repairs are allowed, and nothing else', async () => {
    const file = (...cells: readonly string[]): string =>
      [
        '"Login","Email","First Name","Last Name","Purchasing User"',
        ...cells.map((cell, row) => `"u${row}","u${row}@example.com","Ja","Nein","${cell}"`),
        '',
      ].join('\r\n')
    const found = file('Ja', 'nein', ' Oui ', 'FAUX', 'jein', '1')
    expect((await fixBytes(found, { allowsUnsafe: true, select: ['C401'] })).text).toBe(
      file('Yes', 'No', 'Yes', 'No', 'jein', 'Yes'),
    )
    expect((await fixBytes(found, { allowsUnsafe: false, select: ['C401'] })).text).toBe(
      file('Ja', 'nein', ' Oui ', 'FAUX', 'jein', 'Yes'),
    )
  })
  it('says nothing of files that come out of Coupa', () => {
    expect(notABoolean.isAboutImports).toBe(true)
  })
})
