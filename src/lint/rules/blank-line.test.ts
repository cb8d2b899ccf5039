import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'

describe('R102 blank-line', () => {
  it('is told once for each run of lines, at its first one', () => {
    const file = usersFile('', '', ANN, '', ANN)
    expect(findingsOf('R102', file)).toMatchObject([
      { severity: 'warning', message: '2 blank lines stand here', at: { line: 2 } },
      { message: '1 blank line stands here', at: { line: 5 } },
    ])
  })
  it('is a note at the end of the file', () => {
    expect(findingsOf('R102', usersFile(ANN, '', ''))).toMatchObject([{ severity: 'info', at: { line: 3 } }])
  })
  it('is silent on a quoted empty field and above the header row', () => {
    expect(findingsOf('R102', 'Login\r\n""\r\n')).toEqual([])
    expect(findingsOf('R102', `\r\n${usersFile(ANN)}`)).toEqual([])
  })
})
