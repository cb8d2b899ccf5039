import { describe, expect, it } from '@jest/globals'
import { RecentCells } from './recent-cells.ts'

describe('the cells that were clean last', () => {
  it('are known by both halves of their hash, and in their column', () => {
    const recent = new RecentCells(2)
    recent.add(1, -5, 9)
    expect(recent.has(1, -5, 9)).toBe(true)
    expect([recent.has(1, 5, 9), recent.has(1, -5, 1), recent.has(0, -5, 9)]).toEqual([false, false, false])
  })
  it('give way to others that have the same place', () => {
    const recent = new RecentCells(1)
    recent.add(0, 1, 8)
    recent.add(0, 2, 16)
    expect([recent.has(0, 1, 8), recent.has(0, 2, 16)]).toEqual([false, true])
  })
})
