import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../../base/index.ts'
import { reportAsCsv } from './report-csv.ts'

const FINDING: Finding = {
  code: 'C405',
  rule: 'value-not-allowed',
  severity: 'error',
  message: 'message',
  hint: 'hint',
  at: { line: 3, row: 2, field: 5, column: 'Status', cell: 'E3' },
  value: 'actve',
  fix: null,
}

describe('reportAsCsv', () => {
  it('is a row for each finding, below its header', async () => {
    const [header = '', row] = (await reportAsCsv([FINDING])).split('\r\n')
    expect(header.startsWith('\uFEFF"Severity","Code"')).toBe(true)
    expect(row).toBe('"error","C405","value-not-allowed","3","2","Status","E3","actve","message","hint"')
  })

  it.each(['\0', '\uD800'])('writes what holds %j anywhere', async (sign) => {
    const odd = { ...FINDING, message: `m${sign}`, hint: `h${sign}`, value: `v${sign}` }
    const text = await reportAsCsv([{ ...odd, at: { ...odd.at, column: `c${sign}` } }])
    expect(text).toContain('"c\uFFFD","E3","v\uFFFD","m\uFFFD","h\uFFFD"')
  })
})
