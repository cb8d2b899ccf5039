import { describe, expect, it } from '@jest/globals'
import { scanRecords } from '../../csv/index.ts'
import { ANN, BOB, lintUsers, USERS_COLUMNS } from '../../../test/support/lint-run.ts'
import { createRowReport } from './report-rows.ts'

async function rowsOf(rows: readonly string[], header = USERS_COLUMNS): Promise<(readonly string[])[]> {
  const pieces: string[] = []
  const report = createRowReport((text) => void pieces.push(text))
  lintUsers(rows, { header, onRecord: (view, findings) => report.take(view, findings), maxFindings: 0 })
  const records: (readonly string[])[] = []
  for await (const { fields } of scanRecords([Buffer.from(pieces.join(''))])) records.push(fields)
  return records
}

describe('the rows of a file with their findings', () => {
  it('begin with a byte order mark, by which spreadsheets know UTF-8', () => {
    const pieces: string[] = []
    const report = createRowReport((text) => void pieces.push(text))
    lintUsers([BOB], { onRecord: (view, findings) => report.take(view, findings) })
    expect(pieces[0]?.startsWith('\uFEFF"flatgate line"')).toBe(true)
  })
  it('stand beside what is wrong, all of it, listed or not', async () => {
    const [header, ann, bob] = await rowsOf([ANN.replace('@', ' '), BOB])
    expect(header?.slice(0, 5)).toEqual([
      'flatgate line',
      'flatgate severity',
      'flatgate findings',
      'flatgate what to do',
      'Login',
    ])
    expect(ann?.slice(0, 2)).toEqual(['2', 'error'])
    expect(ann?.[2]).toMatch(/C501 Email: .* \| C405 Status: “actve”/)
    expect(ann?.slice(4)).toEqual(['ann', 'ann example.com', 'Ännchen', 'Archer', 'actve'])
    expect(bob?.slice(0, 5)).toEqual(['3', '', '', '', 'bob'])
  })
  it('fault 58: make formulas harmless and leave numbers alone', async () => {
    const [, row] = await rowsOf(['"=1+2","@x","+49 30","-5","-1.5e"'])
    expect(row?.slice(4)).toEqual(["'=1+2", "'@x", "'+49 30", '-5', "'-1.5e"])
  })
  it('keep rows of any length', async () => {
    const [, short, long] = await rowsOf(['"a"', '"a","b","c","d","e","f"'])
    expect(short).toHaveLength(5)
    expect(long).toHaveLength(10)
  })
  it('end with what belongs to the whole file', async () => {
    const rows = await rowsOf([BOB.slice(1)], USERS_COLUMNS.replace('\r', ''))
    expect(rows.at(-1)?.[2]).toMatch(/^[FH]\d{3}/)
    expect(rows.at(-1)).toHaveLength(4)
  })
  it('lose nothing that stands above the header row', async () => {
    const rows = await rowsOf([BOB], `sep=,\r\n${USERS_COLUMNS}`)
    expect(rows[0]).toContain('Login')
    expect(rows[1]?.[2]).toMatch(/^F209/)
  })
})
