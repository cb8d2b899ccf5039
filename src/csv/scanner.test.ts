import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import type { ScanFault, ScanSummary } from './record-view.ts'
import { createScanner } from './scanner.ts'

interface Seen {
  readonly records: {
    readonly number: number
    readonly line: number
    readonly offset: number
    readonly fields: readonly string[]
    readonly isDamaged: boolean
    readonly raw: string
    readonly places: readonly (readonly [line: number, offset: number, isQuoted: boolean, isEmpty: boolean])[]
  }[]
  readonly faults: ScanFault[]
  /** What came in which order: a fault's kind or a record's number. */
  readonly order: (string | number)[]
  summary: ScanSummary
}

function scan(pieces: readonly Uint8Array[], maxRecordBytes?: number): Seen {
  const seen: Omit<Seen, 'summary'> = { records: [], faults: [], order: [] }
  const scanner = createScanner(
    {
      record(view) {
        const indexes = Array.from({ length: view.fieldCount }, (_, index) => index)
        seen.order.push(view.number)
        seen.records.push({
          number: view.number,
          line: view.line,
          offset: view.offset,
          fields: indexes.map((index) => view.text(index)),
          isDamaged: view.isDamaged,
          raw: view.raw(),
          places: indexes.map((index) => [
            view.lineOf(index),
            view.offsetOf(index),
            view.isQuoted(index),
            view.isEmpty(index),
          ]),
        })
      },
      fault(fault) {
        seen.order.push(fault.kind)
        seen.faults.push(fault)
      },
    },
    maxRecordBytes === undefined ? {} : { maxRecordBytes },
  )
  for (const piece of pieces) scanner.write(piece)
  return { ...seen, summary: scanner.end() }
}

function bytesOf(content: string | readonly number[]): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : Uint8Array.from(content)
}

function scanWhole(content: string | readonly number[], maxRecordBytes?: number): Seen {
  return scan([bytesOf(content)], maxRecordBytes)
}

function fieldsOf(seen: Seen): readonly (readonly string[])[] {
  return seen.records.map((record) => record.fields)
}

const WELL_FORMED: readonly (readonly [title: string, text: string, fields: readonly (readonly string[])[]])[] = [
  ['an empty file', '', []],
  ['a byte order mark alone', '\uFEFF', []],
  ['one field without a line end', 'a', [['a']]],
  [
    'fields without quotes',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'fields in quotes',
    '"a","b"\n"c","d"',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['doubled quotes', '"a ""b""","""",""""""\r\n', [['a "b"', '"', '""']]],
  ['delimiters and line ends in quotes', '"a,b","c\r\nd","e\nf","g\rh"\r\n', [['a,b', 'c\r\nd', 'e\nf', 'g\rh']]],
  [
    'empty fields of both kinds',
    ',"",\r\n"",,""\r\n',
    [
      ['', '', ''],
      ['', '', ''],
    ],
  ],
  ['blank lines', 'a\r\n\r\n\nb', [['a'], [''], [''], ['b']]],
  ['a delimiter at the end of the file', 'a,', [['a', '']]],
  ['a lone carriage return in an unquoted field', 'a\rb,c\r\r\nd\r', [['a\rb', 'c\r'], ['d\r']]],
  [
    'characters of one to four bytes',
    'é,"ü""€",\u{1F600}x,y\nz,ä',
    [
      ['é', 'ü"€', '\u{1F600}x', 'y'],
      ['z', 'ä'],
    ],
  ],
  ['U+FFFD that stands in the file', 'a,\uFFFD\n', [['a', '\uFFFD']]],
  ['NUL and other controls', 'a\0b,\x1Ac\n', [['a\0b', '\x1Ac']]],
]

describe('a well-formed file', () => {
  it.each(WELL_FORMED)('with %s is read as it is', (_, text, fields) => {
    const seen = scanWhole(text)
    expect(fieldsOf(seen)).toEqual(fields)
    expect(seen.faults).toEqual([])
    expect(seen.records.some((record) => record.isDamaged)).toBe(false)
  })
})
