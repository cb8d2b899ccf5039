import { describe, expect, it } from '@jest/globals'
import { findingsOf } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('H101 header-missing', () => {
  it('is the only finding about columns', () => {
    const { findings } = lintBytes(Buffer.from('"ann","Archer"\r\n"bob","Baker"\r\n'), new Map())
    expect(findings).toMatchObject([{ code: 'H101', at: { line: 1 }, value: 'ann,Archer' }])
  })
  it('is silent where one cell is a column', () => expect(findingsOf('H101', '"Login","x"\r\n')).toEqual([]))
})
