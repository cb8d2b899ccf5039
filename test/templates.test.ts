import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import type { Finding } from '../src/base/index.ts'
import { encodeRecord } from '../src/csv/index.ts'
import { lintStream } from '../src/lint/index.ts'
import {
  type FileSchema,
  isUncertain,
  listSchemas,
  loadSchema,
  type Release,
  type SchemaColumn,
  selectSchema,
  templateRows,
  type TemplateRow,
} from '../src/schema/index.ts'
import { sampleCell } from '../src/schema/sample-cell.ts'

/** The rows that stand together in one file. */
type TemplateFile = readonly TemplateRow[]

/** The files of an object: the one of all its marked record types, and one for each that is a file of its own. */
function filesOf(schema: FileSchema): readonly TemplateFile[] {
  const rows = templateRows(schema)
  const together = rows.filter(({ isSeparateFile }) => !isSeparateFile)
  const apart = rows.filter(({ isSeparateFile }) => isSeparateFile)
  return [together, ...apart.map((row) => [row])].filter((file) => file.length > 0)
}

async function lint(schema: FileSchema, file: TemplateFile): Promise<{ rows: number; findings: readonly Finding[] }> {
  const records = [...file.map(({ header }) => header), ...file.map(({ sample }) => sample)]
  const bytes = Buffer.from(records.map((fields) => encodeRecord(fields, '\r\n')).join(''))
  const context = { schema, fileName: undefined, purpose: 'upload', today: new Date('2026-11-20') } as const
  return lintStream(Readable.from([bytes]), context)
}

/** X301 asks for the way back, which is another row than the one that a template has. */
const graver = (findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(({ severity, code }) => severity !== 'info' && code !== 'X301')
    .map(({ code, message }) => `${code} ${message}`)

const schemaOf = (object: string, direction: 'import' | 'export', release: Release): FileSchema =>
  selectSchema(loadSchema(object, direction), { release })

const objects = listSchemas().map(({ object, direction }) => ({ object, direction }))

describe.each(['2026', 'R35'] as const)('the template of release %s', (release) => {
  it.each(objects)('of $object $direction has nothing that the linter minds', async ({ object, direction }) => {
    const schema = schemaOf(object, direction, release)
    for (const file of filesOf(schema)) {
      const { rows, findings } = await lint(schema, file)
      expect(graver(findings)).toEqual([])
      expect(rows).toBe(file.length)
    }
  })
})

/** A fault that a column can have. */
interface SeededFault {
  readonly name: string
  readonly code: string
  /** Keys of the definition that the rule rests on. */
  readonly keys: readonly string[]
  readonly applies: (column: SchemaColumn) => boolean
  readonly cell: (column: SchemaColumn) => string
}

const isPlain = ({ allowed, format, isMultiple, list }: SchemaColumn): boolean =>
  allowed === undefined && format === undefined && list === undefined && isMultiple !== true

const ofType = (...types: readonly string[]) => {
  return (column: SchemaColumn): boolean => types.includes(column.type) && isPlain(column)
}

const ofFormat = (format: string) => {
  return (column: SchemaColumn): boolean => column.format === format && column.allowed === undefined
}

const FAULTS: readonly SeededFault[] = [
  { name: 'integer', code: 'C301', keys: ['type'], applies: ofType('integer'), cell: () => 'x' },
  { name: 'decimal', code: 'C302', keys: ['type'], applies: ofType('decimal', 'float'), cell: () => '1,5x' },
  { name: 'boolean', code: 'C401', keys: ['type'], applies: ofType('boolean'), cell: () => 'maybe' },
  {
    name: 'date',
    code: 'C402',
    keys: ['type', 'pattern'],
    applies: ofType('date', 'datetime'),
    cell: () => '31.31.2026',
  },
  {
    name: 'enumeration',
    code: 'C405',
    keys: ['allowed'],
    applies: ({ allowed }) => allowed !== undefined,
    cell: () => 'zzz',
  },
  {
    name: 'length',
    code: 'C201',
    keys: ['length'],
    applies: (column) => column.length !== undefined && ofType('string', 'text', 'reference', 'unknown')(column),
    cell: ({ length = 0 }) => 'x'.repeat(length + 1),
  },
  { name: 'required', code: 'C101', keys: ['required'], applies: ({ required }) => required === true, cell: () => '' },
  { name: 'e-mail', code: 'C501', keys: ['format'], applies: ofFormat('email'), cell: () => 'nobody' },
  { name: 'currency', code: 'C502', keys: ['format'], applies: ofFormat('currency-code'), cell: () => '$$' },
  { name: 'country', code: 'C503', keys: ['format'], applies: ofFormat('country-code'), cell: () => '??' },
  { name: 'web address', code: 'C507', keys: ['format'], applies: ofFormat('url'), cell: () => 'no address' },
  { name: 'amount', code: 'C505', keys: ['format'], applies: ofFormat('money-with-currency'), cell: () => '5,00 $' },
]

/** The file with one cell of one row changed. */
function withCell(file: TemplateFile, row: number, index: number, text: string): TemplateFile {
  return file.map((one, at) => (at === row ? { ...one, sample: one.sample.with(index, text) } : one))
}

/**
 * The first cell of a column to which the fault applies, and which a right value leaves without findings.
 *
 * @throws Where columns to which the fault applies take no right value.
 */
async function seed(
  schema: FileSchema,
  file: TemplateFile,
  row: number,
  fault: SeededFault,
): Promise<{ index: number; column: SchemaColumn; file: TemplateFile } | 'no such column'> {
  const template = file[row]
  const record = schema.records.find(({ name }) => name === template?.record)
  if (template === undefined || record === undefined) throw new Error('a template without its record type')
  const refused: string[] = []
  for (const [index, name] of template.header.entries()) {
    const column = record.findColumn(name)
    const isMark = record.discriminator !== undefined && index === 0
    if (column === undefined || isMark || !fault.applies(column)) continue
    const complaints: string[] = []
    for (const right of [template.sample[index] || sampleCell(column), ...(column.allowed ?? [])]) {
      complaints.splice(0, Infinity, ...graver((await lint(schema, withCell(file, row, index, right))).findings))
      if (complaints.length === 0) break
    }
    if (complaints.length > 0) {
      refused.push(...complaints)
      continue
    }
    return { index, column, file: withCell(file, row, index, fault.cell(column)) }
  }
  // A right value may call for another cell; that is no fault of the column.
  const [odd] = refused.filter((complaint) => !complaint.startsWith('X1'))
  if (odd !== undefined) throw new Error(`${record.name}: ${fault.name}: ${odd}`)
  return 'no such column'
}

describe('a fault in the template of an import', () => {
  const imports = objects.filter(({ direction }) => direction === 'import').map(({ object }) => object)

  it.each(imports)('of %s is found in its cell, and nothing else is', async (object) => {
    const schema = schemaOf(object, 'import', '2026')
    for (const file of filesOf(schema)) {
      for (const row of file.keys()) {
        for (const fault of FAULTS) {
          const seeded = await seed(schema, file, row, fault)
          if (seeded === 'no such column') continue
          const { findings } = await lint(schema, seeded.file)
          const severity = fault.keys.some((key) => isUncertain(seeded.column, key)) ? 'warning' : 'error'
          const told = findings
            .filter((finding) => finding.severity === 'error' || finding.code === fault.code)
            .map(({ code, at, ...rest }) => [fault.name, code, rest.severity, at?.row, at?.field])
          expect(told).toEqual([[fault.name, fault.code, severity, row + 1, seeded.index + 1]])
        }
      }
    }
  })

  it('can be seeded for every kind of column in several objects', async () => {
    const found = new Map<string, number>()
    for (const object of imports) {
      const schema = schemaOf(object, 'import', '2026')
      const columns = schema.records.flatMap((record) => record.columns)
      for (const { name, applies } of FAULTS) {
        if (columns.some(applies)) found.set(name, (found.get(name) ?? 0) + 1)
      }
    }
    expect(Math.min(...FAULTS.map(({ name }) => found.get(name) ?? 0))).toBeGreaterThanOrEqual(1)
  })
})

describe('a fault in the template of an export', () => {
  it('is Coupa’s own: what Coupa wrote is what Coupa writes', async () => {
    const schema = schemaOf('users', 'export', '2026')
    const [file = []] = filesOf(schema)
    const index = file[0]?.header.indexOf('Id') ?? -1
    const { findings } = await lint(schema, withCell(file, 0, index === -1 ? 0 : index, 'x'))
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
