import { describe, expect, it } from '@jest/globals'
import type { Column } from './definition.ts'
import { describeRules, describeType, describeWhen, doubtsOf } from './describe-column.ts'
import { listSchemas } from './list-schemas.ts'
import { loadSchema } from './load-schema.ts'

const column = (facts: Partial<Column>): Column => ({ name: 'x', type: 'string', releases: 'R21-', ...facts })

describe('describeType', () => {
  it.each([
    [{}, 'string'],
    [{ length: 255, format: 'email' as const }, 'string(255) email'],
    [{ lengths: [2, 5], length: 10 }, 'string(2 or 5)'],
    [{ type: 'decimal' as const, precision: 30, scale: 6 }, 'decimal(30,6)'],
    [{ type: 'decimal' as const, precision: 30 }, 'decimal(30,0)'],
  ])('tells %j as %s', (facts, text) => {
    expect(describeType(column(facts))).toBe(text)
  })
})

describe('describeRules', () => {
  const rules = (facts: Partial<Column>): readonly string[] => describeRules(column(facts), { mostValues: 2 })

  it.each<[Partial<Column>, string]>([
    [{ required: true }, 'required'],
    [{ unique: true }, 'unique'],
    [{ uniqueWith: ['a', 'b'] }, 'unique together with a, b'],
    [{ allowed: ['a', 'b', 'c'] }, 'one of a | b | …'],
    [{ allowed: ['a', 'b'] }, 'one of a | b'],
    [{ suggested: ['a'] }, 'such as a'],
    [{ references: { object: 'users', by: 'login', mustExist: true } }, 'must name one of users by login'],
    [{ references: { object: 'Currency' } }, 'names Currency'],
    [{ list: { separator: ';' } }, 'list, ";" between'],
    [{ min: 1 }, 'from 1 to …'],
    [{ requiredUnless: 'b' }, 'required unless b is filled'],
    [{ noGapsWith: 'b' }, 'only with b'],
    [{ pattern: 'YYYY' }, 'YYYY'],
    [{ isHidden: true }, 'not in the template'],
  ])('tells %j as %s', (facts, text) => {
    expect(rules(facts)).toEqual([text])
  })

  it('has nothing to say of a plain column', () => {
    expect(rules({})).toEqual([])
  })
})

describe('describeWhen', () => {
  it('finds words for every condition of the definitions', () => {
    const texts = listSchemas().flatMap(({ object, direction }) =>
      loadSchema(object, direction).records.flatMap(({ columns }) =>
        columns
          .flatMap(({ requiredWhen, blankWhen, ignoredWhen }) => [requiredWhen, blankWhen, ignoredWhen])
          .flatMap((condition) => (condition === undefined ? [] : [describeWhen(condition)])),
      ),
    )
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => /undefined|is $/.test(text))).toEqual([])
    expect(texts).toContain('when PO Method is email')
    expect(texts).toContain('when PO Method is cxml (uncertain)')
  })
})

describe('doubtsOf', () => {
  it('names each doubtful rule once', () => {
    expect(doubtsOf(column({ uncertain: ['format: a', 'required: b', 'format: c'] }))).toEqual(['format', 'required'])
  })
})
