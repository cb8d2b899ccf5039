import { describe, expect, it } from '@jest/globals'
import { lintTable } from '../../test/support/lint-table.ts'
import { FaultyCells } from './faulty-cells.ts'
import { defineCellRule } from './rule.ts'

/** A rule that calls every cell of `Login` wrong and counts how often it is asked. */
function countingRule(asked: string[]): ReturnType<typeof defineCellRule> {
  return defineCellRule({
    code: 'C999',
    name: 'counting',
    summary: 'A rule of this test.',
    severity: 'error',
    since: '0.1.0',
    sources: ['House: a test'],
    forColumn: ({ name }) => {
      if (name !== 'Login') return undefined
      return (text) => {
        asked.push(text)
        return {
          message: `${text} is wrong`,
          hint: 'None.',
          fix: { safety: 'safe', title: 'x', replacement: `${text}!` },
        }
      }
    },
  })
}

describe('faulty cells', () => {
  it('are judged once for each text, and told in every row', () => {
    const asked: string[] = []
    const rows = ['ann', 'bob', 'ann', '"', 'ann', 'bob'].map((login) => [login, 'x'])
    const findings = lintTable(countingRule(asked), [['Login', 'Email'], ...rows])
    expect(asked).toEqual(['ann', 'bob', '"'])
    expect(findings.map(({ at, message }) => `${at.row} ${message}`)).toEqual(
      rows.map(([login], index) => `${index + 1} ${login} is wrong`),
    )
    expect(findings[2]?.fix?.replacement).toBe('ann!')
  })
  it('are judged each time once there are many different ones', () => {
    const asked: string[] = []
    const rows = Array.from({ length: 1_000 }, (_, row) => [`user${row % 500}`, 'x'])
    expect(lintTable(countingRule(asked), [['Login', 'Email'], ...rows])).toHaveLength(1_000)
    expect(asked).toHaveLength(800)
  })
  it('are known by their whole hash', () => {
    const rule = countingRule([])
    const faulty = new FaultyCells()
    faulty.add(1, 1 << 11, [{ rule, remark: { message: 'm', hint: 'h' } }])
    expect(faulty.of(1, 1 << 11)).toEqual([{ rule, remark: { message: 'm', hint: 'h' } }])
    expect([faulty.of(1, 2 << 11), faulty.of(2, 1 << 11), faulty.of(1 << 11, 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
