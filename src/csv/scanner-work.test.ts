import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { ScannedRecord } from './scanned-record.ts'
import { createScanner } from './scanner.ts'

const MEBIBYTE = 1024 * 1024

/**
 * How often a byte may be looked at. An open quote is looked for in blocks that double up to twice the cap of a record,
 * then up to the cap, and then line by line. The next one that stays open is no nearer than the cap: up to there quotes
 * stand in pairs, or the first would have been closed, and a line of pairs opens nothing.
 */
const MOST_LOOKS = 8

const HEADER = '"Login","Email"\r\n'

/** Lines of which one lost quote makes text, or which lose quotes themselves. */
const LINES = {
  plain: 'u1,u1@example.com,Ann\r\n',
  quoted: '"u1","u1@example.com","Ann"\r\n',
  paired: '""u1"",""u1@example.com"",Ann\r\n',
  'paired in the middle': 'a""b,c""""d,""\r\n',
  blank: '\r\n',
  'of one quote': '"\n',
  'of three quotes': '"""\n',
  'with an inch mark': '"5" pipe",b\r\n',
  'with a quote that stays open': 'u1,"u1@example.com,Ann\r\n',
  'of several lines': '"a\nb\n","c"\r\n',
  'of several bytes a character': '漢字,"é""é"\r\n',
}

let looks = 0
const { scan } = ScannedRecord.prototype

beforeEach(() => {
  looks = 0
  // The real one, counted.
  ScannedRecord.prototype.scan = function (start, limit) {
    const end = scan.call(this, start, limit)
    looks += this.end - start
    return end
  }
})
afterEach(() => {
  ScannedRecord.prototype.scan = scan
})

/** How often each byte was looked at, on average. */
function looksPerByte(pieces: readonly string[]): number {
  const scanner = createScanner({ record: () => undefined, fault: () => undefined })
  for (const piece of pieces) scanner.write(Buffer.from(piece))
  const { bytes } = scanner.end()
  return looks / bytes
}

describe('the work of the scanner', () => {
  it.each(Object.entries(LINES))('does not grow with what follows an open quote: lines %s', (_what, line) => {
    const piece = line.repeat(Math.ceil((64 * 1024) / line.length))
    expect(looksPerByte([`${HEADER}"`, ...Array.from({ length: 50 }, () => piece)])).toBeLessThan(MOST_LOOKS)
  })
  it('does not grow with the number of open quotes, wherever they stand', () => {
    const part = tuple(constantFrom(...Object.values(LINES)), integer({ min: 1, max: 1.25 * MEBIBYTE }))
    const lone = constantFrom('"', '"x\r\n', 'a,"', '""', ',')
    assert(
      property(array(tuple(part, lone), { minLength: 4, maxLength: 8 }), (parts) => {
        looks = 0
        const pieces = parts.map(([[line, bytes], quote]) => quote + line.repeat(Math.ceil(bytes / line.length)))
        // Blocks of 64 KiB are read again from the last record on, however short the file is.
        const spare = (2 * MEBIBYTE * MOST_LOOKS) / pieces.join('').length
        expect(looksPerByte(pieces)).toBeLessThan(MOST_LOOKS + spare)
      }),
      { numRuns: 10 },
    )
  })
  it('is one look at each byte where nothing is damaged, and few more at the ends of blocks', () => {
    expect(looksPerByte([HEADER, LINES.quoted.repeat(100_000)])).toBeLessThan(1.01)
  })
})
