import { describe, expect, it } from '@jest/globals'
import { byteByByte, collectScan, textsOf } from '../../test/support/collect-scan.ts'
import type { ScanFault } from './record-view.ts'

const CAP = 24
/** As the scanner reads them. */
const BLOCK_BYTES = 64 * 1024

interface Damage {
  readonly content: readonly (string | readonly number[])[]
  readonly faults: readonly Omit<ScanFault, 'excerpt'>[]
  readonly fields: readonly (readonly string[])[]
  readonly damaged: readonly number[]
}

const fault = (
  kind: ScanFault['kind'],
  line: number,
  record: number,
  field: number,
  offset: number,
): Omit<ScanFault, 'excerpt'> => ({ kind, line, record, field, offset })

const DAMAGES: readonly (readonly [title: string, damage: Damage])[] = [
  [
    'a quote in an unquoted field is told once and kept',
    {
      content: ['ä,5" x 3",c\r\nd,e,f\r\n'],
      faults: [fault('stray-quote', 1, 1, 2, 4)],
      fields: [
        ['ä', '5" x 3"', 'c'],
        ['d', 'e', 'f'],
      ],
      damaged: [1],
    },
  ],
  [
    'a blank before a quote makes the field unquoted',
    {
      content: ['a, "b,c",d\nok\n'],
      faults: [fault('stray-quote', 1, 1, 2, 3), fault('stray-quote', 1, 1, 3, 7)],
      fields: [['a', ' "b', 'c"', 'd'], ['ok']],
      damaged: [1],
    },
  ],
  [
    'text behind a closing quote is told where it starts and kept',
    {
      content: ['a\n"b ""c"" "d "e",f\r\nok\r\n'],
      faults: [fault('text-after-quote', 2, 2, 1, 12)],
      fields: [['a'], ['b "c" d "e"', 'f'], ['ok']],
      damaged: [2],
    },
  ],
  [
    'a lost closing quote is told where it shows: on the next line',
    {
      content: ['"5","x,6\n"7","ok"\n"8","fine"\n'],
      faults: [fault('text-after-quote', 2, 1, 2, 10)],
      fields: [
        ['5', 'x,6\n7"', 'ok'],
        ['8', 'fine'],
      ],
      damaged: [1],
    },
  ],
  [
    'a quote that is open at the end of the file is told where it opened, and the next lines are read',
    {
      content: ['a,b\r\nc,"d\r\ne,f\r\ng,h'],
      faults: [fault('unterminated-quote', 2, 2, 2, 7)],
      fields: [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
        ['g', 'h'],
      ],
      damaged: [2],
    },
  ],
  [
    'a quote that is open on the last line ends with the file',
    {
      content: ['a\n"b ""c'],
      faults: [fault('unterminated-quote', 2, 2, 1, 2)],
      fields: [['a'], ['b "c']],
      damaged: [2],
    },
  ],
  [
    'an opening quote as the last byte is an empty field',
    { content: ['a,"'], faults: [fault('unterminated-quote', 1, 1, 2, 2)], fields: [['a', '']], damaged: [1] },
  ],
  [
    'an open quote right before a line end is an empty field',
    {
      content: ['a,"\r\nb,""""\n'],
      faults: [fault('unterminated-quote', 1, 1, 2, 2)],
      fields: [
        ['a', ''],
        ['b', '"'],
      ],
      damaged: [1],
    },
  ],
  [
    'an open quote behind a field with line breaks ends on its own line',
    {
      content: ['"a\nb","c\nd\n'],
      faults: [fault('unterminated-quote', 2, 1, 2, 6)],
      fields: [['a\nb', 'c'], ['d']],
      damaged: [1],
    },
  ],
  [
    'a quote that is open at the cap is told where it opened, and the next line is read',
    {
      content: ['a,"b\nccccccccc\ndddddddddd\n', 'e,"f"\n'],
      faults: [fault('unterminated-quote', 1, 1, 2, 2)],
      fields: [['a', 'b'], ['ccccccccc'], ['dddddddddd'], ['e', 'f']],
      damaged: [1],
    },
  ],
  [
    'a quote that is open at the cap on a long line is cut there, and the line skipped',
    {
      content: ['a,"', 'b'.repeat(40), ',c\r\nd\r\n'],
      faults: [fault('unterminated-quote', 1, 1, 2, 2)],
      fields: [['a', 'b'.repeat(CAP - 3)], ['d']],
      damaged: [1],
    },
  ],
  [
    'a record of exactly the cap passes, with either line end',
    {
      content: ['x'.repeat(CAP), '\r\n', 'y'.repeat(CAP), '\n', 'z'.repeat(CAP)],
      faults: [],
      fields: [['x'.repeat(CAP)], ['y'.repeat(CAP)], ['z'.repeat(CAP)]],
      damaged: [],
    },
  ],
  [
    'a record of one byte more is cut, told at the field that did not fit, and the line skipped',
    {
      content: ['a,', 'x'.repeat(CAP - 1), '\r\nb\r\n'],
      faults: [fault('record-too-long', 1, 1, 2, 2)],
      fields: [['a', 'x'.repeat(CAP - 2)], ['b']],
      damaged: [1],
    },
  ],
  [
    'a last record beyond the cap ends with the file',
    {
      content: ['b\n', 'x'.repeat(CAP * 3)],
      faults: [fault('record-too-long', 2, 2, 1, 2)],
      fields: [['b'], ['x'.repeat(CAP)]],
      damaged: [2],
    },
  ],
  [
    'a cut at the cap parts no character',
    {
      content: ['x'.repeat(CAP - 2), '\u{1F600}\nb\n'],
      faults: [fault('record-too-long', 1, 1, 1, 0)],
      fields: [['x'.repeat(CAP - 2)], ['b']],
      damaged: [1],
    },
  ],
  [
    'a record too long with a quote in its cut field is told both',
    {
      content: ['a,x"', 'x'.repeat(CAP), '\nb\n'],
      faults: [fault('record-too-long', 1, 1, 2, 2), fault('stray-quote', 1, 1, 2, 3)],
      fields: [['a', `x"${'x'.repeat(CAP - 4)}`], ['b']],
      damaged: [1],
    },
  ],
  [
    'a byte that is no UTF-8 is told with its place, in and out of quotes',
    {
      content: ['ä\n"b\nc', [0xe9], '",', [0xff], 'd\nok\n'],
      faults: [fault('invalid-utf8', 3, 2, 1, 7), fault('invalid-utf8', 3, 2, 2, 10)],
      fields: [['ä'], ['b\nc\uFFFD', '\uFFFDd'], ['ok']],
      damaged: [2],
    },
  ],
  [
    'a bad byte as the last of the file is told',
    {
      content: ['a,b\nc', [0xc3]],
      faults: [fault('invalid-utf8', 2, 2, 1, 5)],
      fields: [['a', 'b'], ['c\uFFFD']],
      damaged: [2],
    },
  ],
  [
    'bad bytes and a malformed field come in the order of the file',
    {
      content: [[0x80], '"', [0x80], ',"a"', [0x80], 'x\n'],
      faults: [
        fault('invalid-utf8', 1, 1, 1, 0),
        fault('stray-quote', 1, 1, 1, 1),
        fault('invalid-utf8', 1, 1, 1, 2),
        fault('text-after-quote', 1, 1, 2, 7),
        fault('invalid-utf8', 1, 1, 2, 7),
      ],
      fields: [['\uFFFD"\uFFFD', 'a\uFFFDx']],
      damaged: [1],
    },
  ],
  [
    'a bad byte is told in a record that is cut at the cap too',
    {
      content: ['ok\n', [0x80], 'x'.repeat(CAP * 2), '\nb\n'],
      faults: [fault('record-too-long', 2, 2, 1, 3), fault('invalid-utf8', 2, 2, 1, 3)],
      fields: [['ok'], [`\uFFFD${'x'.repeat(CAP - 1)}`], ['b']],
      damaged: [2],
    },
  ],
  [
    'stray bytes at the cap are not taken for the rest of a character',
    {
      content: ['x'.repeat(CAP - 1), ',', [0x80, 0x80], '\nb\n'],
      faults: [fault('record-too-long', 1, 1, 2, CAP)],
      fields: [['x'.repeat(CAP - 1), ''], ['b']],
      damaged: [1],
    },
  ],
]

function bytesOf(content: Damage['content']): Buffer {
  return Buffer.concat(content.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece))))
}

describe('a damaged file', () => {
  it.each(DAMAGES)('%s', (_, { content, faults, fields, damaged }) => {
    const bytes = bytesOf(content)
    const seen = collectScan([bytes], CAP)
    expect(seen.faults.map(({ kind, line, record, field, offset }) => ({ kind, line, record, field, offset }))).toEqual(
      faults,
    )
    expect(textsOf(seen)).toEqual(fields)
    expect(seen.records.filter(({ isDamaged }) => isDamaged).map(({ number }) => number)).toEqual(damaged)
    expect(seen.summary.bytes).toBe(bytes.length)
    expect(collectScan(byteByByte(bytes), CAP)).toEqual(seen)
  })

  it.each(DAMAGES)('across the edge of a block: %s', (_, { content }) => {
    const bytes = bytesOf(content)
    const alone = collectScan([bytes], CAP)
    for (let before = 0; before <= bytes.length + 1; before++) {
      // Lines beyond the cap, each told of: one fills the block but for `before` bytes, one makes sure of another block.
      const filler = Buffer.from(`${'x'.repeat(BLOCK_BYTES - before - 1)}\n`)
      const seen = collectScan([filler, bytes, Buffer.from('\n'), Buffer.from(`${'y'.repeat(BLOCK_BYTES)}\n`)], CAP)
      expect(seen.faults.slice(1, -1)).toEqual(
        alone.faults.map((fault) => ({
          ...fault,
          line: fault.line + 1,
          record: fault.record + 1,
          offset: fault.offset + filler.length,
        })),
      )
      expect(textsOf(seen).slice(1, alone.records.length + 1)).toEqual(textsOf(alone))
      expect(seen.summary.lineEnds.crlf).toBe(alone.summary.lineEnds.crlf)
    }
  })

  it('has its faults told before the record they stand in', () => {
    expect(collectScan([Buffer.from('a\nb"\nc\n"d"e,"f"g\n')]).order).toEqual([
      1,
      'stray-quote',
      2,
      3,
      'text-after-quote',
      'text-after-quote',
      4,
    ])
  })

  it('has an empty open field told from a filled one', () => {
    const { records } = collectScan([Buffer.from('"\n"a')])
    expect(records.map(({ fields }) => fields.map(({ isEmpty }) => isEmpty))).toEqual([[false]])
    expect(collectScan([Buffer.from('a,"')]).records[0]?.fields[1]?.isEmpty).toBe(true)
  })

  it.each([
    ['a,xy"z,b', 'xy"z,b'],
    ['"closed"and more text than fits into one short excerpt', '"closed"and more text than fits into'],
    [`aaaaaaaaaaa,"open ${'ü'.repeat(30)}`, `"open ${'ü'.repeat(11)}`],
    [`${'ü'.repeat(20)}"x`, `${'ü'.repeat(6)}"x`],
    ['"a\r\nb"c', 'b"c'],
  ])('shows a short piece of the line, from the field on: %j', (text, excerpt) => {
    expect(collectScan([Buffer.from(text)]).faults.map((fault) => fault.excerpt)).toEqual([excerpt])
  })

  it('shows the bytes that are no text in hexadecimal', () => {
    const { faults } = collectScan([Buffer.from([0x0a, 0xe9, 0x2c, 0xe2, 0x82, 0x2c, 0x80])])
    expect(faults.map(({ offset, excerpt }) => [offset, excerpt])).toEqual([
      [1, '0xE9'],
      [3, '0xE2 0x82'],
      [6, '0x80'],
    ])
  })

  it('of 8 MB with an unclosed quote at the start loses one line', () => {
    const line = '12345678901234,12345678901234\n'
    const rows = Math.ceil((8 * 1024 * 1024) / line.length)
    const seen = collectScan([Buffer.from(`"lost,b\n${line.repeat(rows)}`)])
    expect(seen.faults.map(({ kind, line, record, field, offset }) => [kind, line, record, field, offset])).toEqual([
      ['unterminated-quote', 1, 1, 1, 0],
    ])
    expect(seen.records).toHaveLength(rows + 1)
    expect(seen.records.at(-1)).toMatchObject({ number: rows + 1, line: rows + 1, isDamaged: false })
  })

  it('with a line far beyond the cap is read on behind it, with every line counted', () => {
    const seen = collectScan([Buffer.from('a\r\n'), Buffer.alloc(5_000_000, 'x'), Buffer.from('\r\nb,c\r\n')])
    expect(seen.records.map(({ line, fields }) => [line, fields.length])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ])
    expect(seen.summary).toMatchObject({ lines: 3, lineEnds: { crlf: 3, lf: 0, lone: 0 }, endsWithLineEnd: true })
    expect(seen.records[1]?.fields[0]?.text).toHaveLength(1024 * 1024)
  })
})
