import { describe, expect, it } from '@jest/globals'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { createScanner, encodeRecord } from '../csv/index.ts'
import { loadSchema, selectSchema } from '../schema/index.ts'
import { columnChecksOf } from './column-checks.ts'
import { FIELD_TEXT, FieldDigests } from '../csv/index.ts'
import { PlainFilter } from './plain-filter.ts'
import { readHeader } from './read-header.ts'
import type { Header, LintContext } from './rule.ts'
import { RULES } from './rules/index.ts'

/** The checks of every column of an object. */
function checksOf(object: string): ReturnType<typeof columnChecksOf> {
  const schema = selectSchema(loadSchema(object, 'import'))
  const context: LintContext = { schema, fileName: undefined, purpose: 'upload', today: new Date('2026-11-20') }
  const [record] = schema.records
  if (!record) throw new Error(`${object} has no record type`)
  const headers: Header[] = []
  const scanner = createScanner({
    record: (view) => headers.push(readHeader(view, { record, mayBePadded: false })),
    fault: () => undefined,
  })
  scanner.write(
    Buffer.from(
      encodeRecord(
        record.columns.map(({ name }) => name),
        '\n',
      ),
    ),
  )
  scanner.end()
  return headers.flatMap((header) => columnChecksOf(header, RULES, context))
}

/** Texts near the edges of what rules look for. */
const text = oneof(
  string({ maxLength: 12 }),
  constantFrom('NULL', 'n/a', '-', '1.2E+05', '-1E+11', '""', '"', '2026-02-30', 'Yes', 'USD'),
  string({ minLength: 38, maxLength: 42 }),
  string({ minLength: 48, maxLength: 52 }),
  string({ minLength: 98, maxLength: 102 }),
  string({ minLength: 254, maxLength: 257, unit: constantFrom('a', '"') }),
)

describe.each(['users', 'suppliers', 'items', 'accounts'])('the checks of the columns of %s', (object) => {
  const columns = checksOf(object)
  const filter = new PlainFilter(columns.map(({ plainScopes }) => plainScopes))

  it('say nothing of plain texts that they are not asked about', () => {
    const digests = new FieldDigests()
    let passedOver = 0
    assert(
      property(array(text, { minLength: 1, maxLength: 30 }), (texts) => {
        const fine: boolean[][] = []
        const scanner = createScanner({
          record(view) {
            view.digestInto(digests)
            let index = 0
            const look = (_: unknown, column: number): boolean => filter.isFine(column, view, index)
            for (; index < view.fieldCount; index += 1) fine.push(columns.map(look))
          },
          fault: () => undefined,
        })
        scanner.write(Buffer.from(encodeRecord(texts, '\n')))
        scanner.end()
        const wronglySilent: string[] = []
        texts.forEach((asked, index) => {
          if (digests.kinds[index] !== FIELD_TEXT.plain) return
          for (const [column, { checks, plainChecks }] of columns.entries()) {
            const isAskedAbout =
              filter.isAsked(column, digests.sizes[index] ?? 0, digests.firsts[index] ?? 0) ||
              fine[index]?.[column] !== true
            if (!isAskedAbout) passedOver += 1
            for (const check of checks) {
              if (isAskedAbout && plainChecks.includes(check)) continue
              if (check.check(asked) !== undefined) wronglySilent.push(`${check.rule.name}: ${asked}`)
            }
          }
        })
        expect(wronglySilent).toEqual([])
      }),
      { numRuns: 40 },
    )
    expect(passedOver).toBeGreaterThan(1_000)
  })
})
