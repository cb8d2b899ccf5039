import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { type PreparedParts, prepareParts, type PrepareOptions } from './index.ts'

const schema = selectSchema(loadSchema('users', 'import'))
const NO_LIMITS = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }

interface Outcome extends PreparedParts {
  readonly files: readonly Buffer[]
  readonly closed: number
}

async function prepare(source: string | Buffer, options: Partial<PrepareOptions> = {}, cut = 7): Promise<Outcome> {
  const files: Buffer[] = []
  let closed = 0
  const bytes = Buffer.from(source)
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut)
  }
  const prepared = await prepareParts({
    source: chunks(),
    reader: { kind: 'coupa' },
    schema,
    lineEnd: '\r\n',
    limits: NO_LIMITS,
    openPart: async (number) => {
      expect(number).toBe(files.length + 1)
      expect(closed).toBe(files.length)
      const index = files.push(Buffer.alloc(0)) - 1
      return {
        write: async (chunk) => {
          files[index] = Buffer.concat([files[index] ?? Buffer.alloc(0), chunk])
        },
        close: async () => {
          closed += 1
        },
      }
    },
    ...options,
  })
  return { ...prepared, files, closed }
}

const rowsOf = (file: Buffer): string[][] => parse(file, { record_delimiter: '\r\n', relax_column_count: false })
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `u${index + 1},x\n`).join('')

describe('what Coupa gets', () => {
  it("is quoted throughout, in UTF-8 without byte order mark, with Coupa's header", async () => {
    const { files, parts, rows } = await prepare('\uFEFFlogin*,first_name,Email\njé,"a ""b""\nc",\n')
    expect(files.map(String)).toEqual(['"Login","First Name","Email"\r\n"jé","a ""b""\nc",""\r\n'])
    expect(parts).toMatchObject([{ number: 1, rows: 1, firstRow: 1, lastRow: 1 }])
    expect(rows).toBe(1)
  })

  it('ends records as asked', async () => {
    expect((await prepare('Login\r\na\r\n', { lineEnd: '\n' })).files.map(String)).toEqual(['"Login"\n"a"\n'])
  })

  it('has no blank lines, but every record of empty fields', async () => {
    const { files, rows } = await prepare('\nLogin\n\na\n""\n\r\nb\n\n')
    expect(files.map(String)).toEqual(['"Login"\r\n"a"\r\n""\r\n"b"\r\n'])
    expect(rows).toBe(3)
  })

  it('lacks dropped columns, which are reported', async () => {
    const { files, dropped, plans } = await prepare('Shoe,Login,Email\n41,a,b\n')
    expect(files.map(String)).toEqual(['"Login","Email"\r\n"a","b"\r\n'])
    expect(dropped).toEqual([{ header: 'Shoe', index: 0, reason: 'unknown-column' }])
    expect(plans.map(({ record }) => record)).toEqual(['User'])
  })

  it('is one part of header rows where there is no row', async () => {
    const { files, parts, rows } = await prepare('Login,Email\n')
    expect(files.map(String)).toEqual(['"Login","Email"\r\n'])
    expect(parts).toMatchObject([{ rows: 0, sizeBytes: 17 }])
    expect(rows).toBe(0)
  })

  it('is the mapped columns of a foreign file', async () => {
    const { files } = await prepare(Buffer.from('Nr;Näme;x\r7;"J;""é""";\r', 'latin1'), {
      reader: { kind: 'foreign', dialect: { delimiter: ';', quote: '"', encoding: 'windows-1252' } },
      map: { 'First Name': 'näme', Login: 'Nr' },
    })
    expect(files.map(String)).toEqual(['"First Name","Login"\r\n"J;""é""","7"\r\n'])
  })

  it('is mapped by number where a foreign file has no header', async () => {
    const { files, rows } = await prepare('7|J\n8|K\n', {
      reader: { kind: 'foreign', dialect: { delimiter: '|', quote: false, encoding: 'utf-8', hasHeader: false } },
      map: { Login: '1', 'First Name': '2' },
    })
    expect(files.map(String)).toEqual(['"Login","First Name"\r\n"7","J"\r\n"8","K"\r\n'])
    expect(rows).toBe(2)
  })
})

describe('the cut into parts', () => {
  for (const [count, expected] of [
    [5000, [5000]],
    [5001, [5000, 1]],
    [10_001, [5000, 5000, 1]],
  ] as const) {
    it(`makes ${expected.length} of ${count} rows by Coupa's own limits`, async () => {
      const { parts, files } = await prepare(
        `Login,Email\n${lines(count)}`,
        { limits: schema.definition.limits },
        1 << 20,
      )
      expect(parts.map(({ rows }) => rows)).toEqual(expected)
      expect(files.every((file) => file.toString().startsWith('"Login","Email"\r\n"u'))).toBe(true)
    })
  }

  // The header takes 9 bytes, each row 5.
  for (const [bytes, expected] of [
    [9 + 15, [3]],
    [9 + 14, [2, 1]],
    [9 + 5, [1, 1, 1]],
  ] as const) {
    it(`counts the bytes that are written: ${expected.length} part(s) of ${bytes} bytes`, async () => {
      const { parts } = await prepare('Login\na\nb\nc', { limits: { rows: 9, bytes } })
      expect(parts.map(({ rows }) => rows)).toEqual(expected)
      for (const { sizeBytes, rows } of parts) expect(sizeBytes).toBe(9 + 5 * rows)
    })
  }

  it('splits a file that is too large only after quoting', async () => {
    const source = 'Login\na\nb\nc'
    const { parts } = await prepare(source, { limits: { rows: 9, bytes: source.length + 5 } })
    expect(parts.length).toBeGreaterThan(1)
  })

  it('counts bytes, not characters', async () => {
    const { parts } = await prepare('Login\né\né\n', { limits: { rows: 9, bytes: 9 + 11 } })
    expect(parts.map(({ rows }) => rows)).toEqual([1, 1])
  })

  it('refuses a record that no part could hold, by its line', async () => {
    await expect(prepare('Login\na\n\nlonger\n', { limits: { rows: 9, bytes: 9 + 5 } })).rejects.toMatchObject({
      code: 'PREPARE_GROUP_TOO_LARGE',
      details: { line: 4, bytes: 19, maxBytes: 14 },
    })
  })

  it('keeps every record once and in order, whatever the cells and the limits', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('', '"', '""', ',', '\r\n', '\n', ' ', 'ä"\n,', '😀'),
    )
    const safe = cell.map((text) => text.replaceAll('\0', '').replaceAll(/\r(?!\n)/g, ''))
    const cases = fc.record({
      rows: fc.array(fc.tuple(safe, safe, safe), { maxLength: 30 }),
      limits: fc.record({ rows: fc.integer({ min: 1, max: 10 }), bytes: fc.integer({ min: 150, max: 400 }) }),
      cut: fc.integer({ min: 1, max: 50 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, limits, cut }) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
        const source = [['Email', 'Shoe', 'Login'], ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('')
        const { files, parts } = await prepare(source, { limits }, cut)
        const read = files.map(rowsOf)
        expect(read.flatMap((part) => part.slice(1))).toEqual(rows.map(([a, , c]) => [a, c]))
        let row = 0
        for (const [index, part] of parts.entries()) {
          const file = files[index] ?? Buffer.alloc(0)
          expect(read[index]?.[0]).toEqual(['Email', 'Login'])
          expect(part).toMatchObject({ number: index + 1, firstRow: row + 1, lastRow: row + part.rows })
          expect(part.sizeBytes).toBe(file.length)
          expect(part.sha256).toBe(createHash('sha256').update(file).digest('hex'))
          expect(part.rows).toBe((read[index]?.length ?? 0) - 1)
          expect(part.rows).toBeLessThanOrEqual(limits.rows)
          expect(part.sizeBytes).toBeLessThanOrEqual(limits.bytes)
          row += part.rows
        }
        expect(row).toBe(rows.length)
      }),
    )
  })
})

describe('a file that cannot be prepared', () => {
  const cases: readonly [title: string, source: string | Buffer, expected: object][] = [
    [
      'a short record',
      'Login,Email\na,b\nc\n',
      { code: 'CSV_FIELD_COUNT', details: { line: 3, fields: 1, columns: 2 } },
    ],
    ['a long record', 'Login,Email\na,b,\n', { code: 'CSV_FIELD_COUNT', details: { line: 2, fields: 3, columns: 2 } }],
    ['a bad byte', Buffer.from('Login\n\xe9\n', 'latin1'), { code: 'CSV_ENCODING', details: { line: 2 } }],
    ['a stray quote', 'Login\na"b\n', { code: 'CSV_MALFORMED', details: { line: 2, kind: 'stray-quote' } }],
    ['an open quote', 'Login\n"a\n', { code: 'CSV_MALFORMED', details: { kind: 'unterminated-quote' } }],
    ['a NUL', 'Login\na\0b\n', { code: 'CSV_NOT_ENCODABLE' }],
    ['nothing in it', '\n', { code: 'CSV_MALFORMED', details: { reason: 'no-header-row' } }],
    ['no column of the object', 'Foo,Bar\n1,2\n', { code: 'PREPARE_COLUMN_UNKNOWN' }],
  ]
  for (const [title, source, expected] of cases) {
    it(`is refused for ${title}`, async () => {
      await expect(prepare(source)).rejects.toMatchObject(expected)
    })
  }

  it('leaves no sink open', async () => {
    let open = 0
    let opened = 0
    const openPart = async (): Promise<{ write: () => Promise<void>; close: () => Promise<void> }> => {
      open += 1
      opened += 1
      return {
        write: async () => undefined,
        close: async () => {
          open -= 1
        },
      }
    }
    // Enough rows that the first are written before the fault is seen.
    const source = `Login,Email\n${lines(50_000)}short\n`
    await expect(prepare(source, { openPart }, 1 << 16)).rejects.toMatchObject({ code: 'CSV_FIELD_COUNT' })
    expect(opened).toBe(1)
    expect(open).toBe(0)
  })

  it('passes on what a sink throws', async () => {
    const full = new Error('ENOSPC')
    const openPart = async (): Promise<never> => {
      throw full
    }
    await expect(prepare('Login\na\n', { openPart })).rejects.toBe(full)
  })
})

describe('memory', () => {
  it('writes while it reads: no more than a few chunks wait', async () => {
    let readBytes = 0
    let writtenBytes = 0
    let mostWaiting = 0
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Login,Email\n')
      const chunk = Buffer.from(lines(5_000))
      for (let index = 0; index < 200; index += 1) {
        readBytes += chunk.length
        yield chunk
        mostWaiting = Math.max(mostWaiting, readBytes - writtenBytes)
      }
    }
    const sink = {
      write: async (chunk: Uint8Array) => {
        writtenBytes += chunk.length
      },
      close: async () => undefined,
    }
    await prepare('', { source: source(), openPart: async () => sink })
    expect(readBytes).toBeGreaterThan(4_000_000)
    expect(mostWaiting).toBeLessThan(1_000_000)
  })
})
