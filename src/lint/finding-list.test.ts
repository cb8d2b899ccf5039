import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../base/index.ts'
import { createFindingList, type FindingList } from './finding-list.ts'

function finding(code: string, line?: number, field?: number): Finding {
  const at = { ...(line !== undefined && { line }), ...(field !== undefined && { field }) }
  return { code, rule: 'x', severity: 'warning', message: '', hint: '', at, fix: null }
}

function put(list: FindingList, ...findings: readonly Finding[]): void {
  for (const each of findings) if (list.wants(each.severity, each.at.line ?? 0)) list.add(each)
}

describe('the list of findings', () => {
  it('sorts by line, field and code, what concerns the whole file first', () => {
    const list = createFindingList(10)
    put(list, finding('C2', 3, 1), finding('R1', 2), finding('C9', 2, 4), finding('C1', 2, 4), finding('F1'))
    expect(list.close().findings.map(({ code }) => code)).toEqual(['F1', 'R1', 'C1', 'C9', 'C2'])
  })
  it('keeps the first findings in file order, whatever order they come in', () => {
    const list = createFindingList(3)
    put(list, ...[9, 8, 7, 6, 5, 4, 3, 2, 1].map((line) => finding('C1', line)))
    expect(list.close().findings.map(({ at }) => at.line)).toEqual([1, 2, 3])
  })
  it('counts all and says how many it cut', () => {
    const list = createFindingList(3)
    put(list, ...Array.from({ length: 1000 }, (_, index) => finding('C1', index + 1)))
    expect(list.close()).toMatchObject({ counts: { error: 0, warning: 1000, info: 0 }, cut: 997 })
  })
  it('keeps what concerns the whole file though it comes last', () => {
    const list = createFindingList(2)
    put(list, ...Array.from({ length: 100 }, (_, index) => finding('C1', index + 1)), finding('F1'))
    expect(list.close().findings.map(({ code }) => code)).toEqual(['F1', 'C1'])
  })
  it('keeps the earlier field and code of the line on which it is cut', () => {
    const list = createFindingList(1)
    put(list, finding('C1', 1, 2), finding('C1', 1, 3), finding('C2', 1, 1), finding('C1', 1, 1))
    expect(list.close().findings).toEqual([finding('C1', 1, 1)])
  })
  it('does not want what it would not list', () => {
    const list = createFindingList(1)
    put(list, finding('C1', 1), finding('C1', 2))
    expect(list.wants('error', 3)).toBe(false)
    expect(list.close().counts.error).toBe(1)
  })
  it('only counts when nothing is to be listed', () => {
    const list = createFindingList(0)
    expect(list.wants('error', 0)).toBe(false)
    put(list, finding('C1', 1))
    expect(list.close()).toMatchObject({ findings: [], cut: 2 })
  })
  it('tells every finding as it comes, also what it does not list', () => {
    const told: Finding[] = []
    const list = createFindingList(1, (each) => told.push(each))
    put(list, finding('C1', 5), finding('C1', 4), finding('C1', 9))
    expect(told.map(({ at }) => at.line)).toEqual([5, 4, 9])
    expect(list.close()).toMatchObject({ findings: [finding('C1', 4)], cut: 2 })
  })
})
