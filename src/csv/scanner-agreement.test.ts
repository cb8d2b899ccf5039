import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { collectScan, type Seen, textsOf } from '../../test/support/collect-scan.ts'

/** Characters that mean something to a reader, or lie at the edges of one to four bytes. */
const PIECES = [
  '"',
  ',',
  '\r',
  '\n',
  '\r\n',
  ' ',
  'a',
  '\0',
  '\x1A',
  '\u0080',
  'é',
  '€',
  '\uFFFD',
  '\u{1F600}',
  '\u{10FFFF}',
]
const cellText = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

/** One cell as it may be written: quoted at will where it need not be, else where it must. */
const writtenCell = fc.tuple(cellText, fc.boolean()).map(([text, isQuoted]) => {
  const mustQuote = /[",\r\n]/.test(text)
  return { text, written: isQuoted || mustQuote ? `"${text.replaceAll('"', '""')}"` : text }
})
const writtenRecord = fc.tuple(fc.array(writtenCell, { minLength: 1, maxLength: 5 }), fc.constantFrom('\r\n', '\n'))
const writtenFile = fc.record({
  records: fc.array(writtenRecord, { maxLength: 12 }),
  hasMark: fc.boolean(),
  endsWithLineEnd: fc.boolean(),
})

function textOf({
  records,
  hasMark,
  endsWithLineEnd,
}: typeof writtenFile extends fc.Arbitrary<infer File> ? File : never): string {
  const lines = records.map(([cells, lineEnd]) => cells.map(({ written }) => written).join(',') + lineEnd)
  const text = lines.join('')
  const last = records.at(-1)?.[1].length ?? 0
  return (hasMark ? '\uFEFF' : '') + (endsWithLineEnd ? text : text.slice(0, text.length - last))
}

function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const edges = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).toSorted((one, other) => one - other),
    bytes.length,
  ]
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge))
}

describe('a well-formed file of any kind', () => {
  it('is read as csv-parse reads it, and nothing is told of it', () => {
    fc.assert(
      fc.property(writtenFile, (file) => {
        const bytes = Buffer.from(textOf(file))
        const seen = collectScan([bytes])
        const parsed: unknown = parse(bytes, { bom: true, record_delimiter: ['\r\n', '\n'], relax_column_count: true })
        expect(textsOf(seen)).toEqual(parsed)
        expect(seen.faults).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('has every place where the piece of the file says it is', () => {
    fc.assert(
      fc.property(writtenFile, (file) => {
        const bytes = Buffer.from(textOf(file))
        for (const { fields, offset, line, raw } of collectScan([bytes]).records) {
          expect(bytes.subarray(offset, offset + Buffer.byteLength(raw)).toString()).toBe(raw)
          expect(bytes.subarray(0, offset).toString().split('\n')).toHaveLength(line)
          for (const field of fields) {
            const written = field.isQuoted ? `"${field.text.replaceAll('"', '""')}"` : field.text
            const end = field.offset + Buffer.byteLength(written)
            expect(bytes.subarray(field.offset, end).toString()).toBe(written)
            expect(bytes.subarray(0, field.offset).toString().split('\n')).toHaveLength(field.line)
            expect(field.isEmpty).toBe(field.text === '')
          }
        }
      }),
    )
  })
})

/** Mostly what a reader stumbles over, sometimes whatever there is. */
const anyBytes = fc.oneof(
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...PIECES, '"', '"').map((piece) => Buffer.from(piece)),
        fc.uint8Array({ maxLength: 3 }),
      ),
      {
        maxLength: 80,
      },
    )
    .map((pieces) => Buffer.concat(pieces)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
)
const smallCap = fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 40 }))

function checkSeen(seen: Seen, bytes: Buffer): void {
  const offsets = seen.records.map(({ offset }) => offset)
  expect(offsets).toEqual([...new Set(offsets)].toSorted((one, other) => one - other))
  expect(seen.records.map(({ number }) => number)).toEqual(offsets.map((_, index) => index + 1))
  expect(seen.faults.map(({ offset }) => offset)).toEqual(
    seen.faults.map(({ offset }) => offset).toSorted((one, other) => one - other),
  )
  const damaged = seen.records.filter(({ isDamaged }) => isDamaged).map(({ number }) => number)
  expect(damaged).toEqual([...new Set(seen.faults.map(({ record }) => record))])
  for (const { line, offset } of seen.faults) {
    expect(line).toBe(bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1)
  }
  const { lineEnds } = seen.summary
  expect(lineEnds.crlf + lineEnds.lf + (seen.summary.endsWithLineEnd ? 0 : 1)).toBe(Math.max(seen.records.length, 1))
  expect(seen.summary).toMatchObject({ bytes: bytes.length, records: seen.records.length })
}

describe('any bytes', () => {
  it('are read to their end, in order, and the same however they are cut', () => {
    fc.assert(
      fc.property(anyBytes, fc.array(fc.nat(), { maxLength: 6 }), smallCap, (bytes, places, cap) => {
        const seen = collectScan([bytes], cap)
        checkSeen(seen, bytes)
        expect(collectScan(cut(bytes, places), cap)).toEqual(seen)
      }),
      { numRuns: 300 },
    )
  })

  it('are taken for text as every decoder of the web takes them, one fault per replacement', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const seen = collectScan([bytes])
        const decoded = new TextDecoder().decode(bytes)
        expect(decoded.startsWith(seen.records[0]?.raw ?? '')).toBe(true)
        const replaced = decoded.split('\uFFFD').length - 1
        const own = bytes.toString('latin1').split('\xEF\xBF\xBD').length - 1
        expect(seen.faults.filter(({ kind }) => kind === 'invalid-utf8')).toHaveLength(replaced - own)
      }),
      { numRuns: 300 },
    )
  })
})

/** Its JSON has another phone number than its CSV, and no list. */
const WRONG_ANSWER = 'location_coordinates'

describe('the csv-spectrum corpus', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'))
  const names = readdirSync(join(folder, 'csvs')).map((file) => file.slice(0, -'.csv'.length))

  it('is there', () => {
    expect(names.length).toBeGreaterThan(8)
  })

  it.each(names.filter((name) => name !== WRONG_ANSWER))('has %s read as it says', (name) => {
    const { seen, objects } = readCorpus(name)
    expect(objects).toEqual(JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8')))
    expect(seen.faults).toEqual([])
  })

  it(`has ${WRONG_ANSWER} read as it stands`, () => {
    expect(readCorpus(WRONG_ANSWER).objects).toEqual([
      {
        'Contact Phone Number': '2095257564',
        'Location Coordinates': `37\uFFFD36'37.8"N 121\uFFFD2'17.9"W`,
        Cities: 'Modesto',
        Counties: 'Stanislaus',
      },
    ])
  })

  function readCorpus(name: string): {
    readonly seen: Seen
    readonly objects: readonly Record<string, string | undefined>[]
  } {
    const seen = collectScan([readFileSync(join(folder, 'csvs', `${name}.csv`))])
    const [header = [], ...rows] = textsOf(seen)
    return { seen, objects: rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index]]))) }
  }
})
