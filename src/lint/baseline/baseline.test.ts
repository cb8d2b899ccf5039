import { describe, expect, it } from '@jest/globals'
import { ANN, BOB, lintUsers } from '../../../test/support/lint-run.ts'
import {
  type AcceptedFinding,
  createBaseline,
  createBaselineRecorder,
  encodeBaseline,
  parseBaseline,
} from './baseline.ts'

const USERS = { object: 'users', direction: 'import' }
const ALL = (): ReadonlySet<string> => new Set(['C405', 'C501'])

/** Accepts all findings of rows, as they are kept in a file. */
function accept(rows: readonly string[]): readonly AcceptedFinding[] {
  const recorder = createBaselineRecorder()
  lintUsers(rows, { isAccepted: recorder.recordFor(USERS) })
  return parseBaseline(encodeBaseline(recorder.list()), 'baseline.json')
}

describe('a baseline', () => {
  it('accepts what it was made of, wherever the rows stand now', () => {
    const baseline = createBaseline(accept([ANN, BOB]))
    const { report } = lintUsers([BOB, BOB.replaceAll('bob', 'bo'), ANN], { isAccepted: baseline.acceptFor(USERS) })
    expect(report).toMatchObject({ counts: { error: 0 }, accepted: 1 })
    expect(baseline.leftOver(ALL)).toEqual([])
  })
  it('does not accept the same fault in another record, nor another fault in the same', () => {
    const baseline = createBaseline(accept([ANN]))
    const rows = [ANN.replaceAll('ann', 'anna'), ANN.replace('@', ' ')]
    const { report } = lintUsers(rows, { isAccepted: baseline.acceptFor(USERS) })
    expect(report.findings.map(({ code, at }) => [code, at.row])).toEqual([
      ['C405', 1],
      ['C501', 2],
    ])
    expect(report.accepted).toBe(1)
  })
  it('accepts as many as there were', () => {
    const baseline = createBaseline(accept([ANN]))
    const { report } = lintUsers([ANN, ANN], { isAccepted: baseline.acceptFor(USERS), select: ['C405'] })
    expect([report.accepted, report.counts.error]).toEqual([1, 1])
  })
  it('tells what no longer occurs, of objects and rules that were looked at', () => {
    const baseline = createBaseline(accept([ANN]))
    expect(baseline.leftOver(ALL)).toEqual([])
    lintUsers([BOB], { isAccepted: baseline.acceptFor(USERS) })
    expect(baseline.leftOver(ALL)).toEqual([
      { ...USERS, code: 'C405', record: 'Login=ann', column: 'Status', count: 1 },
    ])
    expect(baseline.leftOver(() => new Set(['C501']))).toEqual([])
  })
  it('is kept with an entry per line', () => {
    expect(encodeBaseline(accept([ANN])).split('\n')[3]).toBe(
      '    {"object":"users","direction":"import","code":"C405","record":"Login=ann","count":1,"column":"Status"}',
    )
    expect(parseBaseline(encodeBaseline([]), 'x')).toEqual([])
  })
  it.each([
    ['{', 'it is not JSON; --write-baseline writes a new one'],
    ['{"version":2,"accepted":[]}', 'it is no baseline of version 1; --write-baseline writes a new one'],
    ['{"version":1,"accepted":[{"code":"C405"}]}', 'accepted\\[0\\]'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseBaseline(text, 'b.json')).toThrow(new RegExp(reason))
  })
})
