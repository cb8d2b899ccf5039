import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

/** `26 | test/sftp-faults.test.ts | notices a write …`: what the table and the tests must have in common. */
const entry = (fault: string, file: string, title: string): string => `${fault} | ${file} | ${title}`

/** Process and disk, SFTP, clock and schedule; cells and archives that mean harm. */
const REQUIRED: readonly number[] = [range(1, 46), range(58, 62)].flat()

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function tableEntries(): readonly string[] {
  const rows = readFileSync('docs/faults.md', 'utf8').matchAll(/^\| (\d+) \| [^|]+ \| (\S+) \| (.+) \|$/gm)
  return [...rows].map(([, fault = '', file = '', title = '']) => entry(fault, file, title))
}

/** A title is one string, in whichever quotes, right behind the name or the table of the test. */
function testEntries(): readonly string[] {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const titles = readFileSync(file, 'utf8').matchAll(/\(\s*(['"`])fault (\d+): (.+?)\1\s*,/g)
      return [...titles].map(([, , fault = '', title = '']) => entry(fault, file, title))
    })
}

describe('the table of faults', () => {
  it('names every test that carries the number of a fault, and no other', () => {
    expect(testEntries().length).toBeGreaterThan(30)
    expect([...tableEntries()].toSorted()).toEqual([...testEntries()].toSorted())
  })

  it('proves every fault that there is to prove here', () => {
    const numbers = new Set(tableEntries().map((line) => Number.parseInt(line, 10)))
    expect(REQUIRED.filter((fault) => !numbers.has(fault))).toEqual([])
  })

  it('stands in the order of the faults, and names each fault in one way', () => {
    const rows = [...readFileSync('docs/faults.md', 'utf8').matchAll(/^\| (\d+) \| ([^|]+) \|/gm)]
    const numbers = rows.map(([, fault]) => Number(fault))
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
    expect(new Set(rows.map(([, fault, what]) => `${fault} ${what}`)).size).toBe(new Set(numbers).size)
  })
})
