import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../../test/support/lint-table.ts'
import { weekNotOnSunday } from './week-not-on-sunday.ts'

const HEADER = ['Time Sheet Line', 'Week Start Date']
const SHEET = ['Service Sheet Header', 'PO Number']
const find = (date: string) =>
  lintTable(weekNotOnSunday, [SHEET, HEADER, ['Time Sheet Line', date]], { object: 'service-time-sheets' })

describe('O104 week-not-on-sunday', () => {
  it('names the day of the week and the Sunday before', () => {
    expect(find('2026-11-20')).toMatchObject([
      {
        code: 'O104',
        severity: 'warning',
        message: '“2026-11-20” is a Friday; weeks start on Sunday',
        hint: 'Write 2026-11-15, the Sunday before it, if that week is meant.',
        at: { column: 'Week Start Date' },
      },
    ])
  })
  it.each(['1969-12-29', '20-11-2026', '2026-11-16', '2026-11-21'])('fires on %s', (date) => {
    expect(find(date)).toHaveLength(1)
  })
  it.each(['2026-11-15', '15-11-2026', '11-15-2026', '1969-12-28', '', 'soon'])('is silent on %j', (date) => {
    expect(find(date)).toEqual([])
  })
  it('is silent where one of two readings is a Sunday', () => {
    // 1 February 2026 is a Sunday, 2 January a Friday.
    expect(find('01-02-2026')).toEqual([])
    expect(find('02-01-2026')).toEqual([])
  })
})
