import { describe, expect, it } from '@jest/globals'
import { compileCondition } from '../src/lint/conditions.ts'
import type { Header, Row } from '../src/lint/rule.ts'
import { type Condition, conditionHolds, listSchemas, loadSchema, selectSchema } from '../src/schema/index.ts'
import { createRandom } from './seeded/random.ts'

/** Texts that a condition may meet beside its own. */
const TEXTS = ['', ' ', 'Yes', 'yes', 'No', 'n', 'true', 'FALSE', '1', '0', 'T', 'f', 'x', 'match', 'Quantity', ' No ']

interface Case {
  readonly object: string
  readonly condition: Condition
}

const CASES: readonly Case[] = listSchemas().flatMap(({ object, direction }) =>
  selectSchema(loadSchema(object, direction)).records.flatMap(({ columns }) =>
    columns.flatMap(({ requiredWhen, blankWhen, ignoredWhen }) =>
      [requiredWhen, blankWhen, ignoredWhen].flatMap((condition) => (condition ? [{ object, condition }] : [])),
    ),
  ),
)

function namesOf({ column, anyFilled = [], allBlankOrNo = [] }: Condition): readonly string[] {
  return [...(column === undefined ? [] : [column]), ...anyFilled, ...allBlankOrNo]
}

/** As rules read a condition. */
function readByRules(condition: Condition, cells: ReadonlyMap<string, string>): boolean {
  const names = [...cells.keys()]
  const text = (index: number): string => cells.get(names[index] ?? '') ?? ''
  const header = { indexOf: (name: string) => names.indexOf(name) } as Header
  const row = { text, view: { isEmpty: (index: number) => text(index) === '' } } as Row
  return compileCondition(condition, header)?.(row) ?? false
}

describe('a condition of a schema', () => {
  it('is read alike by templates and by rules, whatever the cells hold and whichever columns are missing', () => {
    const random = createRandom(4)
    const differences: unknown[] = []
    for (const { object, condition } of CASES) {
      const wanted = [condition.equals, condition.notEquals, ...(condition.in ?? [])].flatMap((text) =>
        text === undefined ? [] : [text, text.toUpperCase(), ` ${text}`],
      )
      for (let round = 0; round < 60; round += 1) {
        const present = namesOf(condition).filter(() => random.chance(0.85))
        const cells = new Map(present.map((name) => [name, random.pick([...TEXTS, ...wanted])]))
        const bySchema = conditionHolds(condition, (name) => cells.get(name))
        if (bySchema !== readByRules(condition, cells))
          differences.push({ object, condition, cells: [...cells], bySchema })
      }
    }
    expect(differences.slice(0, 5)).toEqual([])
  })
  it('is there by the hundred', () => {
    expect(CASES.length).toBeGreaterThan(100)
  })
})
