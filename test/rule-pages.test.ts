import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { RULES } from '../src/lint/index.ts'
import { lintSample, samplesUnder } from './rule-page.ts'

const FOLDER = join(import.meta.dirname, '../src/lint/rules')
const HEADINGS = ['Why it matters', 'Bad', 'Good', 'How to fix', 'When to turn it off']

describe('the list of rules', () => {
  it('is sorted by code, and every code is there once', () => {
    const codes = RULES.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)].sort())
  })
  it('has names that are there once', () => {
    const names = RULES.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })
  it('names every rule of the folder, with its page and its test', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts')
    const expected = RULES.flatMap(({ name }) => [`${name}.md`, `${name}.test.ts`, `${name}.ts`])
    expect(files.sort()).toEqual(expected.sort())
  })
})

for (const rule of RULES) {
  describe(`page of ${rule.code} ${rule.name}`, () => {
    const path = join(FOLDER, `${rule.name}.md`)
    const page = existsSync(path) ? readFileSync(path, 'utf8') : ''

    it('has a code of a letter and three digits, and the letter is the place', () => {
      expect(rule.code).toMatch(/^[FHRCKXZO]\d{3}$/)
      // Rules of one object and of archives look at files, headers, cells or rows like any other.
      expect(['O', 'Z', rule.place]).toContain(rule.code[0])
    })
    it('opens with the code, the name and the summary of the rule', () => {
      expect(page.split('\n').slice(0, 4)).toEqual([`# ${rule.code} ${rule.name}`, '', rule.summary, ''])
    })
    it('has the five headings in order', () => {
      expect([...page.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(HEADINGS)
    })
    it('fires on every bad sample', () => {
      const samples = samplesUnder(page, 'Bad')
      expect(samples.length).toBeGreaterThan(0)
      for (const sample of samples) {
        const codes = lintSample(sample).findings.map(({ code }) => code)
        expect({ sample: sample.text, codes }).toEqual({
          sample: sample.text,
          codes: expect.arrayContaining([rule.code]),
        })
      }
    })
    it('finds no error and no warning in any good sample, and does not fire', () => {
      const samples = samplesUnder(page, 'Good')
      expect(samples.length).toBeGreaterThan(0)
      for (const sample of samples) {
        const { findings } = lintSample(sample)
        const unwanted = findings.filter(({ code, severity }) => severity !== 'info' || code === rule.code)
        expect({ sample: sample.text, unwanted }).toEqual({ sample: sample.text, unwanted: [] })
      }
    })
  })
}
