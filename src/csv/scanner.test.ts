import { describe, expect, it } from '@jest/globals'
import { byteByByte, collectScan, textsOf } from '../../test/support/collect-scan.ts'
import { createScanner } from './scanner.ts'

const scan = (text: string) => collectScan([Buffer.from(text)])

const WELL_FORMED: readonly (readonly [title: string, text: string, fields: readonly (readonly string[])[]])[] = [
  ['no bytes', '', []],
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
  ['a delimiter at the end', 'a,', [['a', '']]],
  ['lone carriage returns', 'a\rb,c\r\r\nd\r', [['a\rb', 'c\r'], ['d\r']]],
  [
    'characters of one to four bytes',
    'é,"ü""€",\u{1F600}x,y\nz,ä',
    [
      ['é', 'ü"€', '\u{1F600}x', 'y'],
      ['z', 'ä'],
    ],
  ],
  ['a U+FFFD of its own', 'a,\uFFFD\n', [['a', '\uFFFD']]],
  ['NUL and other controls', 'a\0b,\x1Ac\n', [['a\0b', '\x1Ac']]],
]

describe('a well-formed file', () => {
  it.each(WELL_FORMED)('with %s is read as it is', (_, text, fields) => {
    const seen = scan(text)
    expect(textsOf(seen)).toEqual(fields)
    expect(seen.faults).toEqual([])
    expect(seen.records.filter(({ isDamaged }) => isDamaged)).toEqual([])
  })

  it('has records of more fields than the scanner first makes room for', () => {
    const fields = Array.from({ length: 3000 }, (_, index) => `v${index}`)
    const [first, second, third] = textsOf(scan(`a,b\n${fields.join(',')}\nc,d\n`))
    expect([first, second, third]).toEqual([['a', 'b'], fields, ['c', 'd']])
  })

  it('has wide records beyond ASCII too', () => {
    const fields = Array.from({ length: 3000 }, (_, index) => `ü${index}`)
    expect(textsOf(scan(`é\n${fields.join(',')}\nc,d\n`))).toEqual([['é'], fields, ['c', 'd']])
  })
})

describe('the view of a record', () => {
  const text = '\uFEFFé,"b\nü",c\r\n\n"ß""\r\n",,d'
  const { records } = scan(text)
  const offsetOf = (piece: string) => Buffer.byteLength(text.slice(0, text.indexOf(piece)))

  it('says where the record starts, in lines and in bytes of the file', () => {
    expect(records.map(({ number, line, offset }) => [number, line, offset])).toEqual([
      [1, 1, 3],
      [2, 3, offsetOf('\n"ß')],
      [3, 4, offsetOf('"ß')],
    ])
  })

  it('says where each field starts, multi-byte characters and breaks within fields counted', () => {
    expect(records.map(({ fields }) => fields.map(({ line, offset }) => [line, offset]))).toEqual([
      [
        [1, 3],
        [1, offsetOf('"b')],
        [2, offsetOf('c\r')],
      ],
      [[3, offsetOf('\n"ß')]],
      [
        [4, offsetOf('"ß')],
        [5, offsetOf(',d')],
        [5, offsetOf('d')],
      ],
    ])
  })

  it('tells quoted from unquoted and empty from filled', () => {
    const [record] = scan('a,"b","",,"""",""""""').records
    expect(record?.fields.map(({ isQuoted, isEmpty }) => [isQuoted, isEmpty])).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [false, true],
      [true, false],
      [true, false],
    ])
  })

  it('gives the record as it stands, without its line end', () => {
    expect(records.map(({ raw }) => raw)).toEqual(['é,"b\nü",c', '', '"ß""\r\n",,d'])
  })

  it('shows the bytes of what stands in a field, and with damage all that is not the opening quote', () => {
    const contents: string[] = []
    const scanner = createScanner({
      record(view) {
        for (let index = 0; index <= view.fieldCount; index++) {
          const content = view.bytes.subarray(view.contentStart(index), view.contentEnd(index))
          contents.push(Buffer.from(content).toString())
        }
      },
      fault: () => undefined,
    })
    scanner.write(Buffer.from('a,"ü","","x""y",,"b"c\n"open'))
    scanner.end()
    expect(contents).toEqual(['a', 'ü', '', 'x""y', '', 'b"c', '', 'open', ''])
  })

  it('has nothing beyond the last field, and places that at the end of the record', () => {
    const beyond: unknown[] = []
    const scanner = createScanner({
      record: (view) => beyond.push(view.text(2), view.isEmpty(2), view.isQuoted(2), view.lineOf(2), view.offsetOf(2)),
      fault: () => undefined,
    })
    scanner.write(Buffer.from('a,"b\n"\nc'))
    scanner.end()
    expect(beyond).toEqual(['', true, false, 2, 6, '', true, false, 3, 8])
  })
})

describe('the summary', () => {
  it.each([
    ['', { bytes: 0, lines: 0, records: 0, endsWithLineEnd: false }],
    ['\uFEFF', { bytes: 3, lines: 0, records: 0, endsWithLineEnd: false, hasByteOrderMark: true }],
    ['a', { bytes: 1, lines: 1, records: 1, endsWithLineEnd: false }],
    ['a\n', { lines: 1, records: 1, endsWithLineEnd: true, lineEnds: { crlf: 0, lf: 1, lone: 0 } }],
    ['\n\r\n', { lines: 2, records: 2, endsWithLineEnd: true, lineEnds: { crlf: 1, lf: 1, lone: 0 } }],
    ['"a\nb\r\n"\r\nc', { lines: 4, records: 2, endsWithLineEnd: false, lineEnds: { crlf: 1, lf: 0, lone: 0 } }],
    ['a\r,"\r"\r\r\n\r', { lines: 2, records: 2, endsWithLineEnd: false, lineEnds: { crlf: 1, lf: 0, lone: 3 } }],
    ['é\uFEFF', { bytes: 5, hasByteOrderMark: false }],
  ])('of %j counts what is there', (text, expected) => {
    expect(scan(text).summary).toMatchObject(expected)
  })
})

describe('the cut into pieces', () => {
  const text = '\uFEFFLogin,"Näme"\r\n"a ""q""","x\r\n\u{1F600}"\r\n\r\nb,"€"\n"t"ail,st"ray,"open\r\nlast,"line'
  const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xe2, 0x82]), Buffer.from('\n"end"\r')])
  const whole = collectScan([bytes])

  it('changes nothing byte by byte', () => {
    expect(collectScan(byteByByte(bytes))).toEqual(whole)
  })

  it('changes nothing at any place: within the mark, a character, a quote, a line end', () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect(collectScan([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole)
    }
  })

  it('changes nothing when the piece is written over afterwards', () => {
    const piece = Buffer.alloc(7)
    function* reused(): Iterable<Uint8Array> {
      for (let at = 0; at < bytes.length; at += piece.length) {
        yield piece.subarray(0, bytes.copy(piece, 0, at, at + piece.length))
        piece.fill(0)
      }
    }
    expect(collectScan(reused())).toEqual(whole)
  })

  it('changes nothing in a file of many blocks', () => {
    const lines = Array.from(
      { length: 9000 },
      (_, row) => `"${row}","${'ä"",\n'.repeat(row % 5)}",${'x'.repeat(row % 90)}\r\n`,
    )
    const large = Buffer.from(lines.join(''))
    const seen = collectScan([large])
    expect(seen.records).toHaveLength(9000)
    expect(seen.faults).toEqual([])
    expect(seen.records.at(-1)?.offset).toBe(large.length - Buffer.byteLength(lines.at(-1) ?? ''))
    const pieces = Array.from({ length: Math.ceil(large.length / 7001) }, (_, n) =>
      large.subarray(n * 7001, (n + 1) * 7001),
    )
    expect(collectScan(pieces)).toEqual(seen)
  })
})
