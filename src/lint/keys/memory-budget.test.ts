import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../../schema/index.ts'
import { createLinter } from '../linter.ts'
import type { LintContext } from '../rule.ts'
import { budgetOf, createMemoryBudget, KEY_MEMORY_BYTES } from './memory-budget.ts'

const context = (): LintContext => ({
  schema: selectSchema(loadSchema('users', 'import')),
  fileName: undefined,
  purpose: 'upload',
  today: new Date('2026-11-20T00:00:00Z'),
})

describe('the memory of key rules', () => {
  it('is given until it is used up, and can be given back', () => {
    const budget = createMemoryBudget(10)
    expect([budget.take(6), budget.take(6), budget.take(-6), budget.take(10)]).toEqual([true, false, true, true])
  })
  it('is shared by the rules of one file, and by no other file', () => {
    const one = context()
    expect(budgetOf(one).take(KEY_MEMORY_BYTES)).toBe(true)
    expect(budgetOf(one).take(1)).toBe(false)
    expect(budgetOf(context()).take(1)).toBe(true)
  })
  it('ends with one finding per rule, which is no fault of the file, and what is known stays known', () => {
    const small = context()
    budgetOf(small).take(KEY_MEMORY_BYTES - 80_000)
    const linter = createLinter(small, { select: ['K101', 'K102', 'K105'] })
    linter.write(Buffer.from('"Login","Email","First Name"\r\n'))
    for (let row = 1; row <= 4_000; row += 1) linter.write(Buffer.from(`"user${row}","user${row}@example.com","A"\r\n`))
    linter.write(Buffer.from('"user1","other@example.com","A"\r\n'))
    const { findings, counts } = linter.end()
    expect(counts).toEqual({ error: 1, warning: 0, info: 3 })
    expect(findings.map(({ code, severity }) => `${code} ${severity}`).sort()).toEqual([
      'K101 error',
      'K101 info',
      'K102 info',
      'K105 info',
    ])
    expect(findings.find(({ severity }) => severity === 'info')?.message).toMatch(
      /^from row \d+ on, repeated \w+ are not looked for: the file has more rows than the memory for them holds$/,
    )
  })
})
