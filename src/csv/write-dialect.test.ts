import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { collectAll } from '../../test/support/collect-all.ts'
import type { ForeignDialect } from './foreign-dialect.ts'
import { readForeign } from './read-foreign.ts'
import { writeDialect, type WriteDialectOptions } from './write-dialect.ts'

const PLAIN: ForeignDialect = { delimiter: ';', quote: '"', encoding: 'utf-8' }

async function write(
  records: readonly (readonly string[])[],
  dialect = PLAIN,
  options?: WriteDialectOptions,
): Promise<Buffer> {
  return Buffer.concat(await collectAll(writeDialect(records, dialect, options)))
}

describe('writeDialect', () => {
  it('quotes every field, empty ones and words that look like values too', async () => {
    const bytes = await write([['a"b', '', 'false', '-5', '+49 30']])
    expect(bytes.toString()).toBe('"a""b";"";"false";"-5";"+49 30"\r\n')
  })

  it('writes LF where it is told to, and nothing for no records', async () => {
    expect((await write([['a'], ['b']], PLAIN, { lineEnd: '\n' })).toString()).toBe('"a"\n"b"\n')
    expect(await write([])).toHaveLength(0)
  })

  it('puts one byte order mark before a file of many blocks', async () => {
    const bytes = await write(
      Array.from({ length: 1200 }, () => ['ä']),
      { ...PLAIN, encoding: 'utf-16le' },
      { hasByteOrderMark: true },
    )
    const text = bytes.toString('utf16le')
    expect([text.indexOf('\uFEFF'), text.lastIndexOf('\uFEFF'), text.length]).toEqual([0, 0, 1 + 1200 * 5])
  })

  it('makes formulas harmless only where it is told to', async () => {
    const records = [['=1+1', '@x', 'plain']]
    expect((await write(records)).toString()).toBe('"=1+1";"@x";"plain"\r\n')
    expect((await write(records, PLAIN, { formulas: 'harmless' })).toString()).toBe(`"'=1+1";"'@x";"plain"\r\n`)
  })

  it('writes bare fields in a dialect with no quotes', async () => {
    const bytes = await write([['5" bolt', '', 'c']], { delimiter: '\t', quote: false, encoding: 'windows-1252' })
    expect(bytes.toString('latin1')).toBe('5" bolt\t\tc\r\n')
  })

  it('writes what readForeign reads back, in any dialect', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', '"', "'", ';', 'a\r\nb', '\r', '€', "''"),
      fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(';', '|', '\t', ','),
        fc.constantFrom('"', "'"),
        fc.constantFrom('utf-8', 'windows-1252', 'utf-16be'),
        fc.constantFrom('\r\n' as const, '\n' as const),
        async (records, delimiter, quote, encoding, lineEnd) => {
          const dialect: ForeignDialect = { delimiter, quote, encoding }
          const read = await collectAll(readForeign(writeDialect(records, dialect, { lineEnd }), dialect))
          expect(read.map(({ fields }) => fields)).toEqual(records)
        },
      ),
    )
  })

  it.each([
    [PLAIN, 'a\0'],
    [PLAIN, '\uD83D'],
    [{ ...PLAIN, encoding: 'utf-16le' }, '\uD83D'],
    [{ ...PLAIN, encoding: 'windows-1252' }, '名'],
    [{ ...PLAIN, encoding: 'iso-8859-1' }, '€'],
    [{ ...PLAIN, quote: false }, 'a;b'],
    [{ ...PLAIN, quote: false }, 'a\nb'],
    [{ ...PLAIN, quote: false }, 'a\rb'],
  ] as const)('refuses what would be lost in %j, with its place', async (dialect, text) => {
    const fine = Array.from({ length: 700 }, () => ['a', 'b'])
    await expect(write([...fine, ['ok', 'ok', text]], dialect)).rejects.toMatchObject({
      code: 'CSV_NOT_ENCODABLE',
      details: { record: 701, field: 3, encoding: dialect.encoding },
    })
  })

  it('refuses an encoding that it does not know', async () => {
    await expect(write([], { ...PLAIN, encoding: 'klingon' })).rejects.toMatchObject({ code: 'CSV_ENCODING' })
  })
})
