import { describe, expect, it } from '@jest/globals'
import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import { collectScan, textsOf } from '../../test/support/collect-scan.ts'
import { encodeRecord } from './encode-record.ts'

/** Anything but what is refused: NUL and half surrogate pairs. */
const cell = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc
      .array(fc.constantFrom('"', ',', '\r', '\n', '\r\n', 'ä', '\u{1F600}', '\uFEFF'), { maxLength: 6 })
      .map((parts) => parts.join('')),
  )
  .map((text) => text.replaceAll('\0', ''))
const fields = fc.array(cell, { minLength: 1, maxLength: 6 })
const lineEnd = fc.constantFrom('\r\n' as const, '\n' as const)

describe('encodeRecord', () => {
  it.each([
    [['7001', 'Bolt, 5"', ''], '\r\n', '"7001","Bolt, 5""",""\r\n'],
    [[''], '\n', '""\n'],
    [['a\r\nb', '"'], '\n', '"a\r\nb",""""\n'],
  ] as const)('quotes every field of %j', (fields, lineEnd, text) => {
    expect(encodeRecord(fields, lineEnd)).toBe(text)
  })

  it('writes what csv-stringify writes', () => {
    fc.assert(
      fc.property(fields, lineEnd, (fields, lineEnd) => {
        const text = stringify([fields], { quoted: true, quoted_empty: true, record_delimiter: lineEnd })
        expect(encodeRecord(fields, lineEnd)).toBe(text)
      }),
    )
  })

  it('writes what the scanner reads back, with nothing to tell', () => {
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 6 }), lineEnd, (records, lineEnd) => {
        const seen = collectScan([Buffer.from(records.map((fields) => encodeRecord(fields, lineEnd)).join(''))])
        expect(textsOf(seen)).toEqual(records)
        expect(seen.faults).toEqual([])
      }),
    )
  })

  it.each([
    [['a', 'b\0c'], 2, 'U+0000'],
    [['\uD83D', 'b'], 1, 'half a surrogate pair'],
    [['a', 'b', '\uDE00x'], 3, 'half a surrogate pair'],
    [['x\uD83D', '\uDE00y'], 1, 'half a surrogate pair'],
  ])('refuses %j and names the field', (fields, field, reason) => {
    expect(() => encodeRecord(fields, '\n')).toThrow(
      expect.objectContaining({ code: 'CSV_NOT_ENCODABLE', details: { field, reason } }),
    )
  })
})
