import { describe, expect, it } from '@jest/globals'
import { capReport } from './report-cap.ts'
import type { FilePlace, FileReport, Remark } from './rule.ts'

function collect(count: number): string[] {
  const told: string[] = []
  const report: FileReport = Object.assign((remark: Remark) => void told.push(remark.message), {
    locate: (at: FilePlace) => at,
  })
  const capped = capReport(report)
  for (let index = 1; index <= count; index += 1) capped.add(() => ({ message: `${index}`, hint: '' }), {})
  capped.end((more) => ({ message: `${more} more`, hint: '' }))
  return told
}

describe('a capped report', () => {
  it('tells all up to twenty', () => expect(collect(20)).toHaveLength(20))
  it('tells twenty and counts the others', () => {
    expect(collect(1_020)).toHaveLength(21)
    expect(collect(1_020).at(-1)).toBe('1000 more')
  })
})
