import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { lintStream } from './lint-stream.ts'
import { reportAsText } from './reports/report-text.ts'

async function countsOf(object: string, text: string) {
  const schema = selectSchema(loadSchema(object, 'import'))
  const bytes = (async function* () {
    yield Buffer.from(text)
  })()
  const context = { schema, fileName: 'x.csv', purpose: 'upload', today: new Date('2026-11-21') } as const
  return lintStream(bytes, context)
}

describe('rows by record type', () => {
  it('are counted for each record type; those of the first are the groups', async () => {
    const text = 'Header,PO Number\nLine,PO Number,Line Number\nHeader,1\nLine,1,1\nLine,1,2\nHeader,2\nLine,2,1\n'
    const report = await countsOf('order-confirmations', text)
    expect(report.rows).toBe(5)
    expect(report.records.map(({ rows }) => rows)).toEqual([2, 3])
    const subject = { path: 'x.csv', object: 'order-confirmations', direction: 'import', release: '2026' }
    expect(reportAsText(subject, report)).toMatch(/5 rows: \S.* 2, \S.* 3/)
  })

  it('are one count where a file has one record type', async () => {
    const report = await countsOf(
      'exchange-rates',
      'From Currency,To Currency,Rate,Rate Date\nEUR,USD,1.1,2026-01-01\n',
    )
    expect(report.records).toEqual([{ record: 'Exchange Rate', rows: 1 }])
  })
})
