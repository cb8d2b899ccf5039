import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { fixBytes } from '../../../test/support/fix-bytes.ts'
import { lintBytes } from '../../../test/rule-page.ts'
import { takenRows } from '../../../test/support/taken-rows.ts'

const HEADER = ['Name', 'Supplier Number']
const SETTINGS = new Map([['object', 'suppliers']])

/** Different numbers of five digits, most of them with zeros in front. */
const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 30 })
const padded = (number: number): string => String(number).padStart(5, '0')

function fileOf(cells: readonly string[]): string {
  const rows = [HEADER, ...cells.map((cell, index) => [`Supplier ${index}`, cell])]
  return rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`).join('')
}

describe('numbers that have lost their zeros', () => {
  it('are written as they were taken, the others stay, and nothing of it is found afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), async (all, isKnown) => {
        const known = all.filter((_, index) => isKnown[index])
        const memory = takenRows({
          object: 'suppliers',
          day: '2026-11-10',
          table: [HEADER, ...known.map((number) => [`Old ${number}`, padded(number)])],
        })
        const damaged = fileOf(all.map(String))
        const { text, output, applied } = await fixBytes(damaged, {
          object: 'suppliers',
          allowsUnsafe: true,
          select: ['K106'],
          memory,
        })
        expect(text).toBe(fileOf(all.map((number) => (known.includes(number) ? padded(number) : String(number)))))
        expect(applied).toEqual(
          known.some((number) => number < 10_000) ? { K106: known.filter((number) => number < 10_000).length } : {},
        )
        expect(lintBytes(output, SETTINGS, { memory }).byRule).not.toHaveProperty('K106')
      }),
      { numRuns: 60 },
    )
  })

  it('are padded like the others of their column, and nothing of it is found afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 3 }), async (short) => {
        const usual = Array.from({ length: 40 }, (_, index) => padded(1_000 + index))
        const damaged = fileOf([...usual, ...short.map(String)])
        const { text, output, applied } = await fixBytes(damaged, { object: 'suppliers', allowsUnsafe: true })
        expect(text).toBe(fileOf([...usual, ...short.map(padded)]))
        expect(applied).toEqual(short.length === 0 ? {} : { K107: short.length })
        expect(lintBytes(output, SETTINGS).byRule).not.toHaveProperty('K107')
      }),
      { numRuns: 40 },
    )
  })

  it('stay as they are where only safe repairs are made', async () => {
    const damaged = fileOf([...Array.from({ length: 40 }, (_, index) => padded(index + 1)), '77'])
    const { text, applied } = await fixBytes(damaged, { object: 'suppliers' })
    expect([text, applied]).toEqual([damaged, {}])
  })
})
