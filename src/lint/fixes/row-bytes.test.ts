import { describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, property, record, string, tuple } from 'fast-check'
import { createScanner, type RecordView } from '../../csv/index.ts'
import { encodeFields } from './encode-fields.ts'
import { createRowBytes } from './row-bytes.ts'

const rowBytes = createRowBytes()

/** What a field becomes: what it was, another text, or nothing. */
const action = record({ kind: constantFrom('copy', 'copy', 'replace', 'drop'), text: string({ maxLength: 6 }) })

/** Pieces of records, well-formed or not. */
const field = constantFrom('', 'a', '"a"', '""', '"a""b"', '"a,b"', '"a\nb"', 'Zoë', '"東京"', 'a"b', '"a"b', ' x ')

function recordsOf(text: string, take: (view: RecordView) => void): void {
  const scanner = createScanner({ record: take, fault: () => undefined })
  scanner.write(Buffer.from(text))
  scanner.end()
}

describe('the bytes of a row', () => {
  it('are those of its texts, however its fields stood in the record and whatever becomes of them', () => {
    const rows = tuple(array(field, { minLength: 1, maxLength: 8 }), array(action, { minLength: 8, maxLength: 8 }))
    assert(
      property(rows, constantFrom(true, false), ([fields, actions], quotesAll) => {
        recordsOf(`${fields.join(',')}\n`, (view) => {
          const kept = Array.from({ length: view.fieldCount }, (_, index) => ({
            index,
            action: actions[index % 8] ?? { kind: 'copy', text: '' },
            text: view.text(index),
            isQuoted: view.isQuoted(index),
          })).filter((each) => each.action.kind !== 'drop')
          rowBytes.start(view)
          for (const {
            index,
            action: { kind, text },
            isQuoted,
          } of kept) {
            if (kind === 'replace') rowBytes.add(text, quotesAll || isQuoted)
            else rowBytes.copy(index, quotesAll)
          }
          const texts = kept.map((each) => ({
            text: each.action.kind === 'replace' ? each.action.text : each.text,
            isQuoted: each.isQuoted,
          }))
          expect(rowBytes.take().toString()).toBe(encodeFields(texts, quotesAll))
        })
      }),
      { numRuns: 500 },
    )
  })
  it('may be more than they were ever before', () => {
    recordsOf('"a","b"\n', (view) => {
      rowBytes.start(view)
      rowBytes.copy(0, true)
      rowBytes.add('x'.repeat(100_000), false)
      rowBytes.copy(1, true)
      expect(rowBytes.take().toString()).toBe(`"a",${'x'.repeat(100_000)},"b"`)
    })
  })
})
