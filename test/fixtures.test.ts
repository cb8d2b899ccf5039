import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { lint } from '../src/index.ts'

const FOLDER = join(import.meta.dirname, '../fixtures')

/** Longer names first: `account-types` is not `accounts`. */
const OBJECTS = ['exchange-rates', 'account-types', 'suppliers', 'accounts', 'items', 'users']

/** Some rules look at the calendar. */
const TODAY = new Date('2026-11-20T00:00:00Z')

/** The table of the README: file of `bad/`, codes of its errors. */
const EXPECTED = new Map(
  [...readFileSync(join(FOLDER, 'README.md'), 'utf8').matchAll(/^\| `([^`]+\.csv)` \|.*\| ([A-Z0-9 ,]+) \|$/gm)].map(
    ([, name = '', codes = '']) => [name, codes.split(', ').sort()],
  ),
)

async function codesOf(folder: string, name: string, severities: readonly string[]): Promise<readonly string[]> {
  const object = OBJECTS.find((word) => name.startsWith(word)) ?? ''
  const { findings } = await lint(join(FOLDER, folder, name), { object, today: TODAY })
  return [...new Set(findings.filter(({ severity }) => severities.includes(severity)).map(({ code }) => code))].sort()
}

describe('the sample files', () => {
  it('have a good one for each of the usual objects', () => {
    expect(readdirSync(join(FOLDER, 'good')).sort()).toEqual(OBJECTS.map((object) => `${object}.csv`).sort())
  })
  it('have a bad one for each of the usual objects', () => {
    const bad = readdirSync(join(FOLDER, 'bad'))
    expect(OBJECTS.filter((object) => !bad.some((name) => name.startsWith(`${object}-`)))).toEqual([])
  })
  it('are listed in the README, every bad one with its reason', () => {
    expect(readdirSync(join(FOLDER, 'bad')).sort()).toEqual([...EXPECTED.keys()].sort())
  })
})

describe('a good sample', () => {
  for (const name of readdirSync(join(FOLDER, 'good'))) {
    it(`${name} has no error and no warning`, async () => {
      expect(await codesOf('good', name, ['error', 'warning'])).toEqual([])
    })
  }
})

describe('a bad sample', () => {
  for (const name of readdirSync(join(FOLDER, 'bad'))) {
    it(`${name} has the errors that the README lists and no other`, async () => {
      expect(await codesOf('bad', name, ['error'])).toEqual(EXPECTED.get(name))
    })
  }
})
