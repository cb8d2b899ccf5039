import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F208 record-too-long', () => {
  it('names the field in which the cap lies, and the next line is read again', () => {
    const long = `ann,ann@example.com,${'A'.repeat(1024 * 1024)},Archer`
    const file = usersFile(long, ANN)
    expect(findingsOf('F208', file)).toMatchObject([{ at: { line: 2, row: 1, field: 3 } }])
    expect(lintBytes(Buffer.from(file), new Map()).rows).toBe(2)
  })
  it('is silent on a long record below the cap', () => {
    expect(findingsOf('F208', usersFile(`ann,ann@example.com,${'A'.repeat(500_000)},Archer`))).toEqual([])
  })
})
