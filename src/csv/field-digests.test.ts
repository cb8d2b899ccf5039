import { describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, property, string, tuple } from 'fast-check'
import { createScanner } from '../csv/index.ts'
import { FIELD_TEXT, FieldDigests } from './field-digests.ts'

interface Seen {
  readonly text: string
  readonly kind: number
  readonly hash: string
  readonly trimmedHash: string
}

/** Reads the digests of all fields of a file. */
function digest(file: Uint8Array | string): readonly Seen[] {
  const digests = new FieldDigests()
  const seen: Seen[] = []
  const scanner = createScanner({
    record(view) {
      view.digestInto(digests)
      for (let index = 0; index < view.fieldCount; index += 1) {
        const hash = `${digests.high[index]} ${digests.low[index]}`
        digests.trim(index)
        const trimmedHash = `${digests.trimmedHigh} ${digests.trimmedLow}`
        seen.push({ text: view.text(index), kind: digests.kinds[index] ?? -1, hash, trimmedHash })
      }
    },
    fault: () => undefined,
  })
  scanner.write(Buffer.from(file))
  scanner.end()
  return seen
}

function kindOf(field: string): number | undefined {
  return digest(`${field}\r\n`)[0]?.kind
}

function hashesOf(fields: readonly string[]): readonly string[] {
  return digest(fields.map((field) => `${field}\r\n`).join('')).map(({ hash }) => hash)
}

describe('the text of a field', () => {
  it.each(['a', 'a b', '"a b"', '"a,b"', 'x#1', '~', '~~~~', '"a""b"', 'abcd', 'abcde', '"abc d~ z"'])(
    'is plain in %j',
    (field) => {
      expect(kindOf(field)).toBe(FIELD_TEXT.plain)
    },
  )
  it.each([
    '"a\tb"',
    '"a\r\nb"',
    '"abcd\nabcd"',
    '#N/A',
    '"#N/A"',
    'é',
    'abcdé',
    'a\u007fb',
    'abc\u007f',
    'abcd\u007f',
  ])('is unusual in %j', (field) => {
    expect(kindOf(field)).toBe(FIELD_TEXT.unusual)
  })
  it.each(['" a"', '"a "', 'abcd ', '" "', '"\ta"', '"a\n"'])('is padded in %j', (field) => {
    expect(kindOf(field)).toBe(FIELD_TEXT.padded)
  })
  it.each(['a,,', '"","a"'])('is empty somewhere in %j', (record) => {
    expect(digest(record).map(({ kind }) => kind)).toContain(FIELD_TEXT.empty)
  })
})

describe('the hash of a field', () => {
  it('is that of its text, in quotes or not', () => {
    const [one, other] = hashesOf(['Yes', '"Yes"'])
    expect(one).toBe(other)
  })
  it('tells a quote that is escaped from two that stand in an unquoted field', () => {
    const [escaped, stray, both] = hashesOf(['"a""b"', 'a""b', '"a""""b"'])
    expect(escaped).not.toBe(stray)
    expect(stray).toBe(both)
  })
  it('tells apart what differs in one byte, in length or in order', () => {
    const fields = [
      'Yes',
      'Yeś',
      'Ye',
      'Yess',
      'seY',
      'yes',
      'Yes1',
      '1Yes',
      'abcdefgh',
      'efghabcd',
      'abcdefg',
      'abcdabcd',
    ]
    expect(new Set(hashesOf(fields)).size).toBe(fields.length)
  })
  it('is that of the decoded text where bytes are not UTF-8', () => {
    const file = Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from('\ncaf\ufffd\n')])
    const [bad, good] = digest(file)
    expect(bad).toMatchObject({ hash: good?.hash, text: 'caf\ufffd', kind: FIELD_TEXT.unusual })
  })
  it('has no collision among three hundred thousand logins, numbers and addresses', () => {
    const fields = Array.from({ length: 100_000 }, (_, row) => [`E${row}`, `ann.${row * 7}`, `ann.${row}@example.com`])
    expect(new Set(hashesOf(fields.flat())).size).toBe(300_000)
  })
  it('is equal exactly where the texts are, for any records', () => {
    const cell = tuple(
      string({ unit: constantFrom('a', 'b', '"', ',', '\n', ' ', 'é', '\u{1f600}') }),
      constantFrom('"', ''),
    )
    assert(
      property(array(cell, { minLength: 2, maxLength: 20 }), (cells) => {
        const seen = digest(
          cells.map(([text, quote]) => `${quote}${quote ? text.replaceAll('"', '""') : text}${quote}\n`).join(''),
        )
        const byHash = new Map(seen.map(({ hash, text }) => [hash, text]))
        const byText = new Map(seen.map(({ hash, text }) => [text, hash]))
        for (const { hash, text, kind, trimmedHash } of seen) {
          expect(byHash.get(hash)).toBe(text)
          expect(byText.get(text)).toBe(hash)
          expect(kind === FIELD_TEXT.empty).toBe(text === '')
          const trimmed = text.replaceAll(/^[\0-\x20]+|[\0-\x20]+$/g, '')
          if (byText.has(trimmed) && trimmed !== '') expect(trimmedHash).toBe(byText.get(trimmed))
        }
      }),
    )
  })
  it('is read anew in each record, also in one of many fields', () => {
    const wide = Array.from({ length: 300 }, (_, index) => `c${index}`).join(',')
    const seen = digest(`c1\n${wide}\nc299\n`)
    expect(seen[0]?.hash).toBe(seen[2]?.hash)
    expect(seen.at(-1)?.hash).toBe(seen.at(-2)?.hash)
  })
})
