import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, USERS_HEADER, usersFile } from '../../../test/findings-of.ts'

describe('H108 idle-column', () => {
  it('says what the documentation says', () => {
    expect(findingsOf('H108', `${USERS_HEADER},"Pcard Cvv"\r\n`)).toMatchObject([
      { severity: 'info', message: '“Pcard Cvv” is no longer supported by Coupa', at: { field: 5 } },
    ])
  })
  it('is silent on columns in use', () => expect(findingsOf('H108', usersFile(ANN))).toEqual([]))
})
