import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F105 binary-file', () => {
  for (const [name, start] of [
    ['a ZIP archive or an Excel workbook (XLSX)', 'PK\x03\x04'],
    ['an Excel workbook of the old form (XLS)', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'],
    ['a PDF document', '%PDF-1.7'],
    ['a gzip archive', '\x1F\x8B\x08'],
  ] as const) {
    it(`knows ${name} and says nothing else`, () => {
      const bytes = Buffer.from(`${start}${'\x80\0"'.repeat(100)}`, 'latin1')
      const found = lintBytes(bytes, new Map()).findings
      expect(found.map(({ code, message }) => [code, message])).toEqual([
        ['F105', `the file is ${name}; nothing else could be checked`],
      ])
    })
  }
  it('is silent on text that begins with the letters PK', () => {
    expect(findingsOf('F105', 'PK,Login\r\n')).toEqual([])
  })
})
