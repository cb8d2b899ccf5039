import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../src/base/index.ts'
import { type LintContext, type Rule, RULES } from '../src/lint/index.ts'
import { lintTables, type RunTable } from './support/lint-tables.ts'
import { takenWithin } from './support/taken-rows.ts'

const HEADER = ['Login', 'Department']
const DEPARTMENTS: RunTable = {
  object: 'departments',
  table: [
    ['Name', 'Active'],
    ['A', 'Yes'],
    ['B', 'No'],
    ['C', 'No'],
  ],
}

function ruleOf(code: string): Rule {
  const rule = RULES.find((each) => each.code === code)
  if (!rule) throw new Error(`no rule ${code}`)
  return rule
}

interface Run {
  readonly memory?: LintContext['memory']
  readonly maxNames?: number
}

/** Findings of one rule as `severity cell`. */
function found(code: string, files: readonly RunTable[], { memory, maxNames }: Run = {}): readonly string[] {
  return lintTables(ruleOf(code), files, memory, maxNames).map(asText)
}

const asText = ({ severity, at: { cell } }: Finding): string => `${severity} ${cell}`

const users = (...names: readonly string[]): RunTable => ({
  object: 'users',
  table: [HEADER, ...names.map((name, index) => [`u${index}`, name])],
})

describe('a check for which not everything could be remembered', () => {
  it('says so once for the names of the run, and takes none of those that it cannot know for missing (X401)', () => {
    const files = [DEPARTMENTS, users('A', 'C', 'Nowhere')]
    expect(found('X401', files)).toEqual(['info B4'])
    expect(found('X401', files, { maxNames: 2 })).toEqual(['info B3'])
    const [finding] = lintTables(ruleOf('X401'), files, undefined, 2)
    expect(finding).toMatchObject({
      message:
        'names of “Department” that are not found are not told: there are more departments records than the 2 whose Name is remembered',
      hint: 'Look them up in Coupa, or lint fewer records at once.',
    })
  })
  it('is silent where all names are found all the same (X401)', () => {
    expect(found('X401', [DEPARTMENTS, users('A', 'B')], { maxNames: 2 })).toEqual([])
  })
  it('says so for names that were taken (X401)', () => {
    const table = [['Name'], ['A'], ['B'], ['C']]
    const memory = (maxNames?: number): LintContext['memory'] =>
      takenWithin(maxNames === undefined ? {} : { maxNames }, { object: 'departments', day: '2026-11-20', table })
    expect(found('X401', [users('A', 'C', 'Nowhere')], { memory: memory() })).toEqual(['info B4'])
    expect(found('X401', [users('A', 'C', 'Nowhere')], { memory: memory(2) })).toEqual(['info B3'])
    expect(found('X401', [DEPARTMENTS, users('A', 'C', 'Nowhere')], { memory: memory(2) })).toEqual(['info B4'])
  })
  it('says so for names of the very file (X401)', () => {
    const table = [
      ['Login', 'Approver Login'],
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['d', 'a'],
      ['e', 'nowhere'],
    ]
    expect(found('X401', [{ object: 'users', table }])).toEqual(['info B6'])
    expect(found('X401', [{ object: 'users', table }], { maxNames: 3 })).toEqual(['info B2'])
  })
  it('says how many names it does not tell (X401)', () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `Nowhere ${index}x`)
    const other = found('X401', [DEPARTMENTS, users(...names)])
    expect([other.length, other.at(-1)]).toEqual([1_001, 'info B1002'])
    const rows = names.map((name, index) => [`u${index}`, name])
    const known = Array.from({ length: 2_000 }, (_, index) => [`k${index}`, `u${index % 1_500}`])
    const own = lintTables(ruleOf('X401'), [
      { object: 'users', table: [['Login', 'Approver Login'], ...rows, ...known] },
    ])
    expect(own).toHaveLength(1_001)
    expect(own.at(-1)).toMatchObject({
      message: '500 more names of “Approver Login” than these 1,000 are in no users record and not told',
      at: { cell: 'B1002' },
    })
  })
  it('says from where on names do not wait for the end of the file any more (X401)', () => {
    const rows = Array.from({ length: 10_001 }, (_, index) => [
      `u${index}`,
      index === 5 ? 'nowhere' : `u${10_000 - index}`,
    ])
    const own = lintTables(ruleOf('X401'), [{ object: 'users', table: [['Login', 'Approver Login'], ...rows] }])
    expect(own.map(asText)).toEqual(['info B7', 'info B10002'])
    expect(own.at(-1)?.message).toBe(
      'from here on, new names of “Approver Login” are not looked up: 10,000 others wait for the end of the file',
    )
  })
  it('finds the inactive records that it knows, and says that there may be others (X402)', () => {
    const files = [DEPARTMENTS, users('B', 'A', 'C')]
    expect(found('X402', files)).toEqual(['warning B2', 'warning B4'])
    expect(found('X402', files, { maxNames: 2 })).toEqual(['warning B2', 'info B4'])
  })
  it('tells a thousand inactive records and that there are more (X402)', () => {
    const names = Array.from({ length: 1_005 }, (_, index) => `D${index}`)
    const departments = { object: 'departments', table: [['Name', 'Active'], ...names.map((name) => [name, 'No'])] }
    const told = found('X402', [departments, users(...names)])
    expect([told.length, told.at(-1)]).toEqual([1_001, 'info B1002'])
  })
  it('finds the zeros that it knows, and says that there may be others (K106)', () => {
    const table = [
      ['Supplier Number', 'Name'],
      ['001', 'A'],
      ['002', 'B'],
      ['003', 'C'],
    ]
    const taken = { object: 'suppliers', day: '2026-11-20', table }
    const file = {
      object: 'suppliers',
      table: [
        ['Supplier Number', 'Name'],
        ['1', 'A'],
        ['3', 'C'],
      ],
    }
    const numbers = (maxNames: number): readonly string[] =>
      found('K106', [file], { memory: takenWithin({ maxNames }, taken) })
    expect(numbers(3)).toEqual(['warning A2'])
    expect(numbers(2)).toEqual(['info A1', 'info B1', 'warning A2'])
  })
  it('says which changed keys it cannot know (K104)', () => {
    const table = [
      ['Employee Number', 'Login'],
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ]
    const taken = { object: 'users', day: '2026-11-20', table }
    const file = {
      object: 'users',
      table: [
        ['Employee Number', 'Login'],
        ['11', 'a'],
        ['22', 'b'],
        ['33', 'c'],
        ['44', 'd'],
      ],
    }
    const keys = (limits: Parameters<typeof takenWithin>[0]): readonly string[] =>
      found('K104', [file], { memory: takenWithin(limits, taken) })
    expect(keys({})).toEqual(['warning A2', 'warning A3', 'warning A4'])
    expect(keys({ maxEarlier: 2 })).toEqual(['warning A2', 'warning A3', 'info A4'])
    expect(keys({ maxNames: 2 })).toEqual(['warning A2', 'warning A3', 'warning A4', 'info A5'])
  })
})
