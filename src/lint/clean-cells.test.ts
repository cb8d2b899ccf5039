import { describe, expect, it } from '@jest/globals'
import { CleanCells } from './clean-cells.ts'

/** A hash as that of the n-th text would be, in whatever place. */
function hashOf(number: number): readonly [high: number, low: number] {
  return [Math.imul(number, 0x85ebca77), Math.imul(number, 0x9e3779b1)]
}

describe('the memory of clean cells', () => {
  it('knows a cell that was remembered, and no other', () => {
    const cells = new CleanCells()
    expect(cells.has(1, 2)).toBe(false)
    cells.add(1, 2)
    expect(cells.has(1, 2)).toBe(true)
    expect(cells.has(3, 2)).toBe(false)
    expect(cells.has(1, 2 + 4_096)).toBe(false)
  })
  it('forgets a cell for another in its place', () => {
    const cells = new CleanCells()
    cells.add(1, 2)
    cells.add(1, 2 + 4_096)
    expect([cells.has(1, 2), cells.has(1, 2 + 4_096)]).toEqual([false, true])
  })
  it('gives up a column that does not repeat', () => {
    const cells = new CleanCells()
    for (let number = 1; number <= 10_000; number += 1) {
      if (!cells.has(...hashOf(number))) cells.add(...hashOf(number))
    }
    cells.add(1, 2)
    expect(cells.has(1, 2)).toBe(false)
  })
  it('stays with a column in which most cells come again', () => {
    const cells = new CleanCells()
    for (let number = 1; number <= 30_000; number += 1) {
      const hash = hashOf(number % 3 === 0 ? number : 1)
      if (!cells.has(...hash)) cells.add(...hash)
    }
    cells.add(1, 2)
    expect(cells.has(1, 2)).toBe(true)
  })
})
