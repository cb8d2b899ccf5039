import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, EVE, lintUsers } from '../../../test/support/lint-run.ts'
import { runAsSarif } from './report-sarif.ts'

/** Validates against the schema that OASIS published, which the package carries. */
const { toBeValidSarifLog } = createRequire(import.meta.url)('@microsoft/jest-sarif') as {
  toBeValidSarifLog: (log: unknown) => { pass: boolean; message: () => string }
}

function faultsOf(log: unknown): string | undefined {
  const { pass, message } = toBeValidSarifLog(log)
  return pass ? undefined : message()
}

const page = readFileSync(new URL('../rules/value-not-allowed.md', import.meta.url), 'utf8')
const pages = new Map([['value-not-allowed', page]])
const parse = (text: string): { runs: [{ results: unknown[]; tool: { driver: { rules: unknown[] } } }] } =>
  JSON.parse(text)

describe('the SARIF log', () => {
  it('is valid against the published schema', () => {
    const header = '\uFEFFLogin,"Email","Email","First Name","Last Name",Shoe\r\n'
    const files = [
      lintUsers([BOB, ANN, EVE]),
      lintUsers(['x', 'a"b,c', '"open'], { path: '/tmp/ü ber/a%b.csv', header }),
      lintUsers([], { path: 'C:\\data\\users.csv', header: '' }),
      lintUsers([BOB]),
    ]
    const log = parse(runAsSarif({ flatgate: '0.1.0', files }, pages))
    expect(faultsOf(log)).toBeUndefined()
    expect(log.runs[0].results.length).toBeGreaterThan(8)
  })
  it('would be refused with a column of 0', () => {
    const text = runAsSarif({ flatgate: '0.1.0', files: [lintUsers([ANN])] }, pages)
    expect(faultsOf(parse(text.replace(/"startColumn": \d+/, '"startColumn": 0')))).toMatch(/startColumn/)
  })
  it('points at the characters of the cell and explains the rule', () => {
    const log = parse(runAsSarif({ flatgate: '0.1.0', files: [lintUsers([BOB, ANN])] }, pages))
    expect(log.runs[0]).toMatchObject({
      columnKind: 'unicodeCodePoints',
      tool: {
        driver: {
          name: 'flatgate',
          rules: [
            {
              id: 'C405',
              name: 'value-not-allowed',
              help: { text: expect.stringContaining('Coupa'), markdown: expect.stringContaining('## How to fix') },
              defaultConfiguration: { level: 'error' },
            },
          ],
        },
      },
      results: [
        {
          ruleId: 'C405',
          ruleIndex: 0,
          level: 'error',
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'users.csv', index: 0 },
                region: { startLine: 3, startColumn: 45, endColumn: 50 },
              },
            },
          ],
        },
      ],
    })
  })
})
