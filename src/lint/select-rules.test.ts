import { describe, expect, it } from '@jest/globals'
import { GatewayError } from '../base/index.ts'
import { loadSchema, selectSchema } from '../schema/index.ts'
import type { LintContext, Rule } from './rule.ts'
import { defineCellRule } from './rule.ts'
import { rulesInContext, selectRules } from './select-rules.ts'

function rule(code: string, name: string, more: Partial<Rule> = {}): Rule {
  const facts = { summary: '', severity: 'error', since: '0.1.0', sources: [] } as const
  return { ...defineCellRule({ code, name, ...facts, forColumn: () => undefined }), ...more } as Rule
}

const RULES = [rule('C101', 'one'), rule('C102', 'two'), rule('C405', 'three'), rule('K101', 'four')]
const codes = (rules: readonly Rule[]): string[] => rules.map(({ code }) => code)

describe('selection of rules', () => {
  for (const [title, selection, expected] of [
    ['all where nothing is said', {}, ['C101', 'C102', 'C405', 'K101']],
    ['a code', { select: ['C405'] }, ['C405']],
    ['a code in lower case', { select: ['c405'] }, ['C405']],
    ['the beginning of codes', { select: ['C1', 'K'] }, ['C101', 'C102', 'K101']],
    ['a name', { select: ['four'] }, ['K101']],
    ['all but the ignored', { ignore: ['C1', 'four'] }, ['C405']],
    ['the selected but the ignored', { select: ['C'], ignore: ['C10'] }, ['C405']],
    ['a code selected out of an ignored family', { select: ['C405'], ignore: ['C'] }, ['C405']],
    ['nothing where both words are equally long', { select: ['C405'], ignore: ['C405'] }, []],
    ['nothing where nothing is selected', { select: [] }, []],
  ] as const) {
    it(`leaves ${title}`, () => expect(codes(selectRules(RULES, selection))).toEqual(expected))
  }
  for (const word of ['X', 'C9', 'C4051', 'fou', '']) {
    it(`refuses ${JSON.stringify(word)}, which fits no rule`, () => {
      expect(() => selectRules(RULES, { ignore: [word] })).toThrow(GatewayError)
      expect(() => selectRules(RULES, { select: [word] })).toThrow(expect.objectContaining({ code: 'USAGE' }))
    })
  }
})

describe('rules in context', () => {
  const rules = [
    rule('C1', 'a'),
    rule('C2', 'b', { isAboutImports: true }),
    rule('C3', 'c', { isMendedOnDelivery: true }),
  ]
  const context = (direction: 'import' | 'export', purpose: LintContext['purpose']): LintContext => ({
    schema: selectSchema(loadSchema('users', direction)),
    fileName: undefined,
    purpose,
    today: new Date(0),
  })

  it('are all of them for an upload', () => {
    expect(codes(rulesInContext(rules, context('import', 'upload')))).toEqual(['C1', 'C2', 'C3'])
  })
  it('are not about what flatgate mends where it delivers', () => {
    expect(codes(rulesInContext(rules, context('import', 'delivery')))).toEqual(['C1', 'C2'])
  })
  it('are not about imports for an export', () => {
    expect(codes(rulesInContext(rules, context('export', 'upload')))).toEqual(['C1', 'C3'])
  })
})
