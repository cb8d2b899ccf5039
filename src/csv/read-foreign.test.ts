import { describe, expect, it } from '@jest/globals'
import { stringify } from 'csv-stringify/sync'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { collectAll } from '../../test/support/collect-all.ts'
import { byteByByte } from '../../test/support/collect-scan.ts'
import type { ForeignDialect } from './foreign-dialect.ts'
import { type ForeignRecord, readForeign } from './read-foreign.ts'

const GERMAN: ForeignDialect = { delimiter: ';', quote: '"', encoding: 'windows-1252' }
const UTF8: ForeignDialect = { delimiter: ',', quote: '"', encoding: 'utf-8' }

async function* from(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

async function read(pieces: readonly Uint8Array[], dialect: ForeignDialect): Promise<readonly ForeignRecord[]> {
  return collectAll(readForeign(from(pieces), dialect))
}

describe('readForeign', () => {
  it.each([
    ['windows-1252', GERMAN, 'Nr;"Näme"\r\n1;"a;b ""€"""\r\n'],
    ['iso-8859-1', { ...GERMAN, encoding: 'ISO-8859-1' }, 'Nr;"Näme"\r\n1;"ß"\r\n'],
    ['utf-16le', { ...GERMAN, encoding: 'utf-16le' }, 'Nr;"Näme"\r\n1;"\u{1F600}"\r\n'],
    ['utf-16be', { ...GERMAN, encoding: 'utf-16be' }, 'Nr;"Näme"\r\n1;"\u{1F600}"\r\n'],
    ['utf-32le', { ...GERMAN, encoding: 'utf-32le' }, 'Nr;"Näme"\r\n1;"\u{1F600}"\r\n'],
    ['shift_jis', { ...GERMAN, encoding: 'Shift_JIS' }, 'Nr;"名前"\r\n1;"東京"\r\n'],
    ['utf-8', { ...GERMAN, encoding: 'UTF-8' }, 'Nr;"Näme"\r\n1;"\uFFFD\u{1F600}"\r\n'],
  ])('reads %s, with and without a byte order mark, whole and byte by byte', async (_, dialect, text) => {
    const expected = text
      .trim()
      .split('\r\n')
      .map((line, index) => ({
        number: index + 1,
        line: index + 1,
        fields: line.match(/"(?:[^"]|"")*"|[^;]+/g)?.map((cell) => cell.replaceAll(/^"|"$/g, '').replaceAll('""', '"')),
      }))
    const plain = iconv.encode(text, dialect.encoding)
    expect(await read([plain], dialect)).toEqual(expected)
    expect(await read(byteByByte(plain), dialect)).toEqual(expected)
    if (!dialect.encoding.toLowerCase().startsWith('utf')) return
    const marked = iconv.encode(text, dialect.encoding, { addBOM: true })
    expect(await read([marked], dialect)).toEqual(expected)
    expect(await read(byteByByte(marked), dialect)).toEqual(expected)
  })

  it('takes CRLF, LF and CR in one file, and counts lines within fields', async () => {
    expect(await read([Buffer.from('a,b\nc,"d\r\ne\nf"\r\n\rg,h')], UTF8)).toEqual([
      { number: 1, line: 1, fields: ['a', 'b'] },
      { number: 2, line: 2, fields: ['c', 'd\r\ne\nf'] },
      { number: 3, line: 5, fields: [''] },
      { number: 4, line: 6, fields: ['g', 'h'] },
    ])
  })

  it('keeps quotes as text where the dialect has none', async () => {
    const dialect: ForeignDialect = { delimiter: '\t', quote: false, encoding: 'utf-8' }
    expect(await read([Buffer.from('5" bolt\t"x"\ny"\t"\n')], dialect)).toMatchObject([
      { fields: ['5" bolt', '"x"'] },
      { fields: ['y"', '"'] },
    ])
  })

  it('knows other quotes and delimiters of several characters', async () => {
    const dialect: ForeignDialect = { delimiter: '||', quote: "'", encoding: 'utf-8' }
    expect(await read([Buffer.from("'it''s'||'a||b'||\"c\"\n")], dialect)).toMatchObject([
      { fields: ["it's", 'a||b', '"c"'] },
    ])
  })

  it('lets no header win over another of the same name, and gives out short and long records', async () => {
    expect(await read([Buffer.from('a,a,__proto__\n1\n1,2,3,4\n')], UTF8)).toMatchObject([
      { fields: ['a', 'a', '__proto__'] },
      { fields: ['1'] },
      { fields: ['1', '2', '3', '4'] },
    ])
  })

  it('reads an empty file as no records', async () => {
    expect(await read([], UTF8)).toEqual([])
    expect(await read([Buffer.from('\uFEFF')], UTF8)).toEqual([])
  })

  it('reads back what csv-stringify writes, in any dialect', async () => {
    const cell = fc.oneof(fc.constantFrom('', '"', "'", ';', '|', '\t', 'a\nb', '\r\n'), fc.string({ maxLength: 8 }))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(';', '|', '\t', ','),
        fc.constantFrom('"', "'"),
        async (records, delimiter, quote) => {
          const text = stringify(records, { delimiter, quote, escape: quote, quoted: true, quoted_empty: true })
          const read = await collectAll(readForeign(from([Buffer.from(text)]), { delimiter, quote, encoding: 'utf-8' }))
          expect(read.map(({ fields }) => fields)).toEqual(records)
        },
      ),
    )
  })
})

describe('readForeign refuses', () => {
  it.each([
    ['a\nb"c\n', { line: 2, reason: 'a quote stands inside an unquoted field' }],
    ['"a\r\nb"\n"c"d\n', { line: 3, reason: 'text stands behind a closing quote' }],
    ['a\n\n"b\nc\nd', { line: 3, reason: 'a quote is not closed' }],
    [`a\n"${'x'.repeat(1100 * 1024)}"\n`, { line: 2, reason: 'a record is longer than 1 MiB' }],
  ])('malformed text with its line', async (text, details) => {
    await expect(read([Buffer.from(text)], UTF8)).rejects.toMatchObject({ code: 'CSV_MALFORMED', details })
  })

  it('malformed text after it has given out the records before', async () => {
    const numbers: number[] = []
    const reading = async () => {
      for await (const { number } of readForeign(from([Buffer.from('a\nb\nc"\n')]), UTF8)) numbers.push(number)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'CSV_MALFORMED' })
    expect(numbers).toEqual([1, 2])
  })

  it.each([
    ['utf-8', Buffer.concat([Buffer.from('ä\r\nb\r\r\n'), Buffer.from([0x63, 0xe9, 0x0a])]), 4],
    ['utf-8', Buffer.from([0x61, 0x0a, 0xe2, 0x82]), 2],
    ['windows-1252', Buffer.from([0x61, 0x0d, 0x0a, 0x81, 0x0a]), 2],
    ['utf-16le', Buffer.from('a\nb\uD83Dc\n', 'utf16le'), 2],
    ['utf-16le', Buffer.from('a\nb\uDE00c\n', 'utf16le'), 2],
    ['utf-16le', Buffer.from('a\nb\uD83D', 'utf16le'), 2],
    ['utf-16be', Buffer.from([0x00, 0x61, 0x00, 0x0a, 0x00]), 2],
    ['utf-32le', Buffer.from([0x61, 0, 0, 0, 0x0a, 0, 0, 0, 0x62, 0]), 2],
    ['shift_jis', Buffer.from([0x61, 0x0a, 0x81, 0xff, 0x0a]), 2],
  ])('bytes that are not %s, with their line', async (encoding, bytes, line) => {
    const dialect = { ...UTF8, encoding }
    const error = { code: 'CSV_ENCODING', details: { encoding, line } }
    await expect(read([bytes], dialect)).rejects.toMatchObject(error)
    await expect(read(byteByByte(bytes), dialect)).rejects.toMatchObject(error)
  })

  it('an encoding that it does not know', async () => {
    await expect(read([], { ...UTF8, encoding: 'klingon' })).rejects.toMatchObject({
      code: 'CSV_ENCODING',
      details: { encoding: 'klingon', reason: 'unknown name' },
    })
  })

  it('nothing that it cannot name: the error of the source comes through as it is', async () => {
    const cause = new Error('disk')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a\nb')
      throw cause
    }
    await expect(collectAll(readForeign(broken(), UTF8))).rejects.toBe(cause)
  })

  it('to read on when nobody asks: the source is closed', async () => {
    let isClosed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('a,b\n'.repeat(1000))
      } finally {
        isClosed = true
      }
    }
    for await (const { number } of readForeign(endless(), UTF8)) if (number === 3) break
    await new Promise((resolve) => setImmediate(resolve))
    expect(isClosed).toBe(true)
  })
})
