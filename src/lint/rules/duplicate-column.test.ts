import { describe, expect, it } from '@jest/globals'
import { findingsOf, USERS_HEADER } from '../../../test/findings-of.ts'

describe('H104 duplicate-column', () => {
  it('names the first of the two', () => {
    expect(findingsOf('H104', `${USERS_HEADER},"e_mail"\r\n`)).toMatchObject([
      { message: '“e_mail” names the same column as “Email” in B1', at: { field: 5, cell: 'E1' } },
    ])
  })
  it('fires on unknown columns too, once for each repetition', () => {
    expect(findingsOf('H104', 'Login,x,X,x\r\n').map(({ at }) => at.field)).toEqual([3, 4])
  })
  it('is silent on two blank headers', () => expect(findingsOf('H104', 'Login,,\r\n')).toEqual([]))
})
