import { describe, expect, it } from '@jest/globals'
import { type Finding, type Position, spreadsheetCell } from '../src/base/index.ts'
import { createLinter } from '../src/lint/index.ts'
import { type FileSchema, listSchemas, loadSchema, selectSchema } from '../src/schema/index.ts'
import { BYTE_KINDS, OPEN_QUOTE_KIND } from './seeded/byte-faults.ts'
import { CELL_KINDS, REQUIRED_KIND } from './seeded/cell-faults.ts'
import { type Draft, type DraftPlace, renderDraft } from './seeded/draft.ts'
import { KEY_KINDS } from './seeded/key-faults.ts'
import { makeDraft } from './seeded/make-draft.ts'
import { createFreeRows, type FaultKind, type Planted } from './seeded/planted.ts'
import { createRandom, type Random } from './seeded/random.ts'
import { HEADER_KINDS, RECORD_KINDS } from './seeded/record-faults.ts'

const imports = listSchemas().flatMap(({ object, direction }) => (direction === 'import' ? [object] : []))

/** Seeds of the files of each object; a failure names its own. `SEEDED_FILES=100` looks further than a test run may. */
const SEEDS = Array.from({ length: Number(process.env['SEEDED_FILES'] ?? 6) }, (_, index) => index + 1)

const ROW_KINDS: readonly FaultKind[] = [...CELL_KINDS, REQUIRED_KIND, ...BYTE_KINDS, ...RECORD_KINDS, ...KEY_KINDS]

/** Kinds for which few objects have a column: tried in every file. */
const RARE = new Set(['amount', 'locale', 'country', 'web address', 'value twice', 'segment gap', 'condition'])

function schemaOf(object: string): FileSchema {
  return selectSchema(loadSchema(object, 'import'))
}

/** Lints bytes that come in pieces of any size. */
function lint(schema: FileSchema, bytes: Uint8Array, random: Random): readonly Finding[] {
  const linter = createLinter({ schema, fileName: undefined, purpose: 'upload', today: new Date('2026-11-20') })
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(40_000)
    linter.write(bytes.subarray(at, end))
    at = end
  }
  return linter.end().findings
}

/** Fifty rows or a few more, now and then two hundred. */
function rowsOf(random: Random): number {
  return 50 + random.below(random.chance(0.1) ? 150 : 25)
}

/** Plants one to eight faults. */
function plantFaults(draft: Draft, random: Random): readonly Planted[] {
  const free = createFreeRows(draft)
  // First, for a new column moves the fields behind it.
  const planted: Planted[] = random.chance(0.3) ? [...random.pick(HEADER_KINDS).plant(draft, free, random)] : []
  for (const kind of ROW_KINDS) {
    if (RARE.has(kind.name) && random.chance(0.5)) planted.push(...kind.plant(draft, free, random))
  }
  const wanted = planted.length + 1 + random.below(8)
  for (let tries = 0; tries < 40 && planted.length < wanted; tries += 1) {
    planted.push(...random.pick(ROW_KINDS).plant(draft, free, random))
  }
  if (random.chance(0.2)) planted.push(...OPEN_QUOTE_KIND.plant(draft, free, random))
  return planted
}

type Shown = { readonly [Key in keyof Position]?: Position[Key] | undefined }

/** A planted fault as a finding is shown. */
function expected(planted: Planted, places: ReadonlyMap<unknown, DraftPlace>, draft: Draft): string {
  const { record, field, code, severity, lineFeeds = 0 } = planted
  const place = places.get(record)
  if (!place) throw new Error(`${planted.kind} was planted in a record that is gone`)
  const line = (field === undefined ? place.line : (place.fieldLines[field] ?? 0)) + lineFeeds
  const header = draft.records.find((one) => one.kind === 'header' && one.record === record.record)
  const column = code === 'R201' ? undefined : header?.cells[field ?? -1]?.text
  const cell = field === undefined ? undefined : spreadsheetCell(field + 1, place.number)
  const at = { line, row: place.row, field: field === undefined ? undefined : field + 1, column, cell }
  return show(code, severity, at)
}

function show(code: string, severity: string, at: Shown): string {
  return [code, severity, at.line, at.row ?? '-', at.field ?? '-', at.column ?? '-', at.cell ?? '-'].join(' ')
}

const counts = new Map<string, number>()

describe.each(imports)('a file of %s', (object) => {
  const schema = schemaOf(object)

  it.each(SEEDS)('has no error before faults are planted, and then exactly those (seed %i)', (seed) => {
    const random = createRandom(seed * 1_000 + imports.indexOf(object))
    const draft = { ...makeDraft(schema, random, rowsOf(random)), hasMark: random.chance(0.3) }
    const mark = draft.hasMark ? [show('F102', 'error', { line: 1 })] : []
    const clean = lint(schema, renderDraft(draft).bytes, random)
    const errors = clean.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ code, severity, at }) => show(code, severity, at))).toEqual(mark)

    const planted = plantFaults(draft, random)
    const { bytes, places } = renderDraft(draft)
    const findings = lint(schema, bytes, random)
    const wanted = planted.map((one) => expected(one, places, draft)).sort()
    const shown = findings.map(({ code, severity, at }) => show(code, severity, at))
    for (const { names, code, record } of planted) {
      if (names === undefined) continue
      const finding = findings.find((one) => one.code === code && one.at.row === places.get(record)?.row)
      expect(finding?.message).toContain(`row ${places.get(names)?.row}`)
    }
    const found = shown.filter((text) => text.split(' ')[1] === 'error' || wanted.includes(text))
    expect(found.sort()).toEqual([...wanted, ...mark].sort())
    for (const { kind } of planted) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  })
})

describe('the planted faults', () => {
  it('are thousands, of every kind', () => {
    const kinds = [...ROW_KINDS, ...HEADER_KINDS, OPEN_QUOTE_KIND].map(({ name }) => name)
    expect(kinds.filter((kind) => (counts.get(kind) ?? 0) < 2)).toEqual([])
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2_000)
  })
})
