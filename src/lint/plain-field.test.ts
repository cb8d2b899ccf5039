import { describe, expect, it } from '@jest/globals'
import { createScanner } from '../csv/index.ts'
import { isPlainField } from './plain-field.ts'

/** Whether the one field of a record is plain. */
function isPlain(field: string): boolean | undefined {
  let answer: boolean | undefined
  const scanner = createScanner({
    record: (view) => {
      answer = isPlainField(view, 0)
    },
    fault: () => undefined,
  })
  scanner.write(Buffer.from(`${field}\r\n`))
  scanner.end()
  return answer
}

describe('a plain field', () => {
  it.each(['a', 'a b', '"a b"', '"a,b"', 'x#1', '~', '"a""b"'])('is %j', (field) => {
    expect(isPlain(field)).toBe(true)
  })
  it.each(['" a"', '"a "', '"a\tb"', '"a\r\nb"', '#N/A', '"#N/A"', 'é', 'a\u007f', '""', '" "'])(
    'is not %j',
    (field) => {
      expect(isPlain(field)).toBe(false)
    },
  )
})
