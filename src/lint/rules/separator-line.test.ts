import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('F209 separator-line', () => {
  for (const line of ['sep=,', 'sep=;', 'SEP=\t', '"sep=;"']) {
    it(`fires on ${JSON.stringify(line)}, and the header row behind it is read`, () => {
      const file = `${line}\r\n${usersFile(ANN)}`
      expect(findingsOf('F209', file)).toMatchObject([{ at: { line: 1 } }])
      expect(findingsOf('H101', file)).toEqual([])
    })
  }
  it('is silent on a header and on a row that looks alike', () => {
    expect(findingsOf('F209', 'Sep,Login\r\n')).toEqual([])
    expect(findingsOf('F209', `${usersFile(ANN)}sep=;\r\n`)).toEqual([])
  })
})
