import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, lintUsers } from '../../../test/support/lint-run.ts'
import { runAsJson } from './report-json.ts'
import { reportAsJsonl } from './report-jsonl.ts'

describe('the JSON document', () => {
  it('has the agreed keys', () => {
    const document: unknown = JSON.parse(runAsJson({ flatgate: '0.1.0', files: [lintUsers([BOB, ANN])] }))
    expect(document).toEqual({
      version: 1,
      flatgate: '0.1.0',
      files: [
        {
          path: 'users.csv',
          object: 'users',
          direction: 'import',
          release: '2026',
          bytes: expect.any(Number),
          rows: 2,
          records: [{ record: 'User', rows: 2 }],
          counts: { error: 1, warning: 0, info: 0 },
          cut: 0,
          accepted: 0,
          byRule: { C405: 1 },
          findings: [
            {
              code: 'C405',
              rule: 'value-not-allowed',
              severity: 'error',
              message: expect.any(String),
              hint: expect.any(String),
              at: { line: 3, row: 2, field: 5, column: 'Status', cell: 'E3' },
              value: 'actve',
              fix: null,
              excerpt: { text: expect.stringContaining('actve'), caret: 44, width: 5, character: 45 },
            },
          ],
        },
      ],
    })
  })
})

describe('JSON lines', () => {
  it('are one object for each finding and one for the file', () => {
    const lines = reportAsJsonl(lintUsers([ANN, ANN.replaceAll('ann', 'anna')], { maxFindings: 1 })).split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { type: 'finding', path: 'users.csv', code: 'C405', at: { line: 2 } },
      { type: 'file', path: 'users.csv', counts: { error: 2 }, cut: 1 },
    ])
    expect(lines[1]).not.toContain('findings')
  })
})
