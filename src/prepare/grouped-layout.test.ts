import { describe, expect, it } from '@jest/globals'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { type PreparedParts, prepareParts, type PrepareOptions } from './index.ts'

const schema = selectSchema(loadSchema('order-confirmations', 'import'), {
  customFields: [{ name: 'Dock', type: 'string', record: 'Line' }],
})

async function prepare(
  source: string,
  options: Partial<PrepareOptions> = {},
): Promise<PreparedParts & { readonly texts: readonly string[] }> {
  const texts: string[] = []
  const prepared = await prepareParts({
    source: (async function* () {
      yield Buffer.from(source)
    })(),
    reader: { kind: 'coupa' },
    schema,
    lineEnd: '\n',
    limits: { rows: 5000, bytes: 8_000_000 },
    openPart: async () => {
      const index = texts.push('') - 1
      return {
        write: async (chunk) => {
          texts[index] += Buffer.from(chunk).toString().replaceAll('"', '')
        },
        close: async () => undefined,
      }
    },
    ...options,
  })
  return { ...prepared, texts }
}

const HEAD = 'Header,PO number,Action\nLine,Line Number,Action,Quantity\nSchedule Line,Order Line Number,Action\n'
const ONE = 'Header,1,a\nLine,1,a,5\nSchedule Line,1,a\nSchedule Line,1,b\n'
const TWO = 'Header,2,a\nLine,1,a,5\n'

describe('a file with several record types', () => {
  it('is written as it is, when it fits', async () => {
    const { texts, parts, plans } = await prepare(`${HEAD}${ONE}${TWO}`)
    expect(texts).toEqual([`${HEAD}${ONE}${TWO}`])
    expect(parts).toMatchObject([{ rows: 6, firstRow: 1, lastRow: 6 }])
    expect(plans.map(({ record }) => record)).toEqual(['Header', 'Line', 'Schedule Line'])
  })

  it('is cut between two headers, never between a header and its lines', async () => {
    for (const rows of [4, 5]) {
      const { texts, parts } = await prepare(`${HEAD}${ONE}${TWO}`, { limits: { rows, bytes: 9999 } })
      expect(texts).toEqual([`${HEAD}${ONE}`, `${HEAD}${TWO}`])
      expect(parts).toMatchObject([
        { rows: 4, firstRow: 1, lastRow: 4 },
        { rows: 2, firstRow: 5, lastRow: 6 },
      ])
    }
  })

  it('is cut by bytes, all header rows counted', async () => {
    const whole = (await prepare(`${HEAD}${ONE}${TWO}`)).parts[0]?.sizeBytes ?? 0
    const cut = async (bytes: number): Promise<number> =>
      (await prepare(`${HEAD}${ONE}${TWO}`, { limits: { rows: 99, bytes } })).parts.length
    expect(await cut(whole)).toBe(1)
    expect(await cut(whole - 1)).toBe(2)
  })

  for (const limits of [
    { rows: 3, bytes: 9999 },
    { rows: 99, bytes: 180 },
  ]) {
    it(`is refused when a group alone is beyond ${limits.rows} rows or ${limits.bytes} bytes`, async () => {
      await expect(prepare(`${HEAD}${TWO}${ONE}`, { limits })).rejects.toMatchObject({
        code: 'PREPARE_GROUP_TOO_LARGE',
        details: { line: 6 },
      })
    })
  }

  it('may have header rows above the first row of their type; later parts open with all of them', async () => {
    const source = 'Header,PO number\nHeader,1\nLine,Line Number\nLine,1\nHeader,2\nLine,1\nHeader,3\nLine,1\n'
    const { texts, parts } = await prepare(source, { limits: { rows: 2, bytes: 9999 } })
    expect(texts).toEqual([
      'Header,PO number\nHeader,1\nLine,Line Number\nLine,1\n',
      'Header,PO number\nLine,Line Number\nHeader,2\nLine,1\n',
      'Header,PO number\nLine,Line Number\nHeader,3\nLine,1\n',
    ])
    expect(parts.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
  })

  it('writes a repeated header row once, and follows a changed one', async () => {
    const source =
      'Header,PO number,Action\nHeader,1,a\nHeader,PO number,Action\nHeader,2,a\nHeader,Action,PO number\nHeader,b,3\n'
    const { texts } = await prepare(source, { limits: { rows: 2, bytes: 9999 } })
    expect(texts).toEqual([
      'Header,PO number,Action\nHeader,1,a\nHeader,2,a\nHeader,Action,PO number\n',
      'Header,Action,PO number\nHeader,b,3\n',
    ])
  })

  it("has Coupa's spelling of every type, its custom fields, and not the columns nobody knows", async () => {
    const source = 'header *,po_number,Mood\nline,line number,Colour,dock\nHeader,1,good\nLINE,1,red,D4\n'
    const { texts, dropped } = await prepare(source)
    expect(texts).toEqual(['Header,PO number\nLine,Line Number,Dock\nHeader,1\nLINE,1,D4\n'])
    expect(dropped.map(({ header, reason }) => [header, reason])).toEqual([
      ['Mood', 'unknown-column'],
      ['Colour', 'unknown-column'],
    ])
  })

  it('fills rows up to the widest header row where the source did', async () => {
    const source = 'Header,PO number,,\nLine,Line Number,Action,Quantity\nHeader,1,,\nHeader,2\nLine,1,a,5\n'
    const { texts } = await prepare(source)
    expect(texts).toEqual(['Header,PO number\nLine,Line Number,Action,Quantity\nHeader,1,,\nHeader,2\nLine,1,a,5\n'])
  })

  it('takes a row for data although its second cell reads like a column', async () => {
    const source = 'Line,Line Number,Action,Quantity,Price\nLine,Quantity,1,2,3\n'
    expect((await prepare(source)).texts).toEqual([source])
  })

  it('stops reading a group as soon as it is too large', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEAD}Header,1,a\n`)
      for (; read < 200; read += 1) yield Buffer.from('Line,1,a,5\n'.repeat(6_000))
    }
    await expect(prepare('', { source: endless() })).rejects.toMatchObject({
      code: 'PREPARE_GROUP_TOO_LARGE',
      details: { line: 4, rows: 5001 },
    })
    expect(read).toBeLessThan(5)
  })

  it('begins with lines where the header is missing, and keeps them together', async () => {
    const { texts } = await prepare('Line,Line Number\nLine,1\nLine,2\n', { limits: { rows: 1, bytes: 9999 } })
    expect(texts).toEqual(['Line,Line Number\nLine,1\n', 'Line,Line Number\nLine,2\n'])
  })

  for (const [title, rest, expected] of [
    [
      'a row of no record type',
      'Heading,1,a\n',
      { code: 'CSV_MALFORMED', details: { line: 4, reason: 'record-type' } },
    ],
    ['a short row', 'Header,1\n', { code: 'CSV_FIELD_COUNT', details: { line: 4, fields: 2, columns: 3 } }],
    ['a long row', 'Header,1,a,b\n', { code: 'CSV_FIELD_COUNT', details: { line: 4, fields: 4, columns: 3 } }],
  ] as const) {
    it(`is refused for ${title}`, async () => {
      await expect(prepare(`${HEAD}${rest}`)).rejects.toMatchObject(expected)
    })
  }

  it('is refused for a row whose type has no header row', async () => {
    await expect(prepare('Header,PO number\nHeader,1\nLine,1\n')).rejects.toMatchObject({
      code: 'CSV_MALFORMED',
      details: { line: 3, reason: 'no-header-row' },
    })
  })

  it('takes no mapping', async () => {
    await expect(prepare(`${HEAD}${ONE}`, { map: { Action: 'Action' } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    })
  })
})

describe('an object with files of their own', () => {
  it('is prepared by the record type that the header fits', async () => {
    const accounts = selectSchema(loadSchema('accounts', 'import'))
    const group = accounts.records.find(({ isSeparateFile }) => isSeparateFile)
    const header = group?.columns.map(({ name }) => name) ?? []
    const { plans } = await prepare(`${header.join(',')}\n`, { schema: accounts })
    expect(plans.map(({ record }) => record)).toEqual([group?.name])
  })
})
