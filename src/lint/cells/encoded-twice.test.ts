import { describe, expect, it } from '@jest/globals'
import { repairEncodedTwice } from './encoded-twice.ts'

/** Reads UTF-8 as Windows-1252. */
const mangle = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text))

describe('repairEncodedTwice', () => {
  it.each(['José', 'Łódź', 'it’s 100 €', '東京', 'Ωmega', '😀'])('gives %j back', (text) => {
    expect(repairEncodedTwice(mangle(text))).toBe(text)
    expect(repairEncodedTwice(mangle(mangle(text)))).toBe(text)
  })
  it.each(['Jose', 'José', 'José JosÃ©', 'Łódź', 'SÃO', ''])('leaves %j alone', (text) => {
    expect(repairEncodedTwice(text)).toBeUndefined()
  })
})
