import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, USERS_HEADER } from '../../../test/findings-of.ts'

describe('H106 column-not-in-release', () => {
  const fileWith = (column: string): string => `${USERS_HEADER},"${column}"\r\n${ANN},"Yes"\r\n`

  it('is an error where a workbook of the release shows that it is not there', () => {
    expect(findingsOf('H106', fileWith('Travel User'), { release: 'R30' })).toMatchObject([
      {
        severity: 'error',
        message: '“Travel User” is not a column of release R30; it was seen since R31',
        at: { field: 5 },
      },
    ])
  })
  it('is a warning where only the documentation of today lacks it', () => {
    expect(findingsOf('H106', fileWith('Edit Invoice On Quick Entry'))).toMatchObject([{ severity: 'warning' }])
  })
  it('is silent in a release that has it', () => {
    expect(findingsOf('H106', fileWith('Travel User'), { release: 'R31' })).toEqual([])
  })
})
