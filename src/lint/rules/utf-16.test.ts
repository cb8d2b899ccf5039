import { describe, expect, it } from '@jest/globals'
import { ANN, findingsOf, usersFile } from '../../../test/findings-of.ts'
import { lintBytes } from '../../../test/rule-page.ts'

describe('F103 utf-16', () => {
  const text = usersFile(ANN)
  const little = Buffer.from(text, 'utf16le')
  const big = Buffer.from(little).swap16()

  for (const [name, bytes] of [
    ['UTF-16LE', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16BE', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ['UTF-16LE', little],
    ['UTF-16BE', big],
  ] as const) {
    const mark = bytes.length === little.length ? 'without' : 'with'
    it(`is the only finding on ${name} ${mark} a byte order mark`, () => {
      const found = lintBytes(bytes, new Map()).findings
      expect(found.map(({ code, message }) => [code, message])).toEqual([
        ['F103', `the file is ${name}; nothing else could be checked`],
      ])
    })
  }
  it('is silent on a file with one NUL', () => {
    expect(findingsOf('F103', usersFile('"a\0nn","ann@example.com","Ann","Archer"'))).toEqual([])
  })
})
