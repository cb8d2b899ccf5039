import { describe, expect, it } from '@jest/globals'
import { loadSchema, type RecordSchema, selectSchema } from '../schema/index.ts'
import { type ColumnPlan, planColumns } from './plan-columns.ts'

const users = selectSchema(loadSchema('users', 'import'), {
  customFields: [{ name: 'Cost Centre', type: 'string' }],
})
const [record] = users.records as readonly [RecordSchema]

function recordOf(part: Pick<RecordSchema, 'isPlaceholdersOnly'>, names: readonly string[]): RecordSchema {
  const columns = names.map((name, index) => ({
    name,
    type: 'string' as const,
    releases: 'R21-',
    ...(names.indexOf(name) < index && { occurrence: 2 }),
  }))
  const { definition } = users
  const schema = selectSchema({ ...definition, records: [{ name: 'One', ...part, columns }] })
  return schema.records[0] ?? record
}

const plan = (header: readonly string[], map?: Readonly<Record<string, string>>): ColumnPlan =>
  planColumns({ header, record, ...(map && { map }) })
const columnsOf = ({ columns }: ColumnPlan): unknown => columns.map(({ name, sourceIndex }) => [name, sourceIndex])

describe('a plan by the header of the file', () => {
  it("writes Coupa's spelling, in the order of the file", () => {
    expect(columnsOf(plan(['email', ' LOGIN *', 'first_name', 'cost  centre']))).toEqual([
      ['Email', 0],
      ['Login', 1],
      ['First Name', 2],
      ['Cost Centre', 3],
    ])
  })

  it('drops what is neither standard nor declared, and says so', () => {
    const { columns, dropped, sourceWidth } = plan(['Login', 'Shoe Size', '', 'Email', '  '])
    expect(columns.map(({ name }) => name)).toEqual(['Login', 'Email'])
    expect(dropped).toEqual([
      { header: 'Shoe Size', index: 1, reason: 'unknown-column' },
      { header: '', index: 2, reason: 'blank-header' },
      { header: '  ', index: 4, reason: 'blank-header' },
    ])
    expect(sourceWidth).toBe(5)
  })

  it('keeps a column that the release is not known to have, and names it', () => {
    const { columns, notInRelease } = plan(['Login', 'edit invoice on quick entry'])
    expect(columns.map(({ name }) => name)).toEqual(['Login', 'Edit Invoice On Quick Entry'])
    expect(notInRelease).toEqual(['Edit Invoice On Quick Entry'])
    expect(plan(['Login', 'Email']).notInRelease).toEqual([])
  })

  it('refuses two columns that would become one', () => {
    expect(() => plan(['Login', 'Email', 'login*'])).toThrow(
      expect.objectContaining({ code: 'PREPARE_COLUMN_DUPLICATE', details: { column: 'Login' } }),
    )
  })

  it('gives the second column of a name to the second header cell of that name, and has no third', () => {
    const twice = recordOf({}, ['Rate', 'Name', 'Rate'])
    const { columns } = planColumns({ header: ['Rate', 'rate*', 'Name'], record: twice })
    expect(columns).toEqual([
      { name: 'Rate', sourceIndex: 0 },
      { name: 'Rate', sourceIndex: 1 },
      { name: 'Name', sourceIndex: 2 },
    ])
    expect(() => planColumns({ header: ['Rate', 'Rate', 'Rate'], record: twice })).toThrow(
      expect.objectContaining({ code: 'PREPARE_COLUMN_DUPLICATE' }),
    )
  })

  it('keeps any column, as it is spelled, where only placeholders are known', () => {
    const open = recordOf({ isPlaceholdersOnly: true }, ['Name'])
    const { columns } = planColumns({ header: ['name', ' Prompt One '], record: open })
    expect(columns.map(({ name }) => name)).toEqual(['Name', 'Prompt One'])
    expect(() => planColumns({ header: ['Prompt One', 'prompt_one'], record: open })).toThrow(
      expect.objectContaining({ code: 'PREPARE_COLUMN_DUPLICATE' }),
    )
  })

  it('refuses a header that names nothing', () => {
    expect(() => plan(['Shoe Size', ''])).toThrow(expect.objectContaining({ code: 'PREPARE_COLUMN_UNKNOWN' }))
  })
})

describe('a plan by a mapping', () => {
  const header = ['Personalnummer', ' Mail', 'mail', 'Vorname', '']

  it('sends what it names, in its order', () => {
    const mapped = plan(header, {
      'first name*': 'vorname',
      Login: ' Personalnummer ',
      'Employee Number': 'Personalnummer',
    })
    expect(columnsOf(mapped)).toEqual([
      ['First Name', 3],
      ['Login', 0],
      ['Employee Number', 0],
    ])
    expect(mapped.dropped).toEqual([
      { header: ' Mail', index: 1, reason: 'not-mapped' },
      { header: 'mail', index: 2, reason: 'not-mapped' },
      { header: '', index: 4, reason: 'blank-header' },
    ])
  })

  it('takes the exact spelling before any other', () => {
    expect(columnsOf(plan(header, { Email: 'mail' }))).toEqual([['Email', 2]])
    expect(columnsOf(plan(header, { Email: 'Mail' }))).toEqual([['Email', 1]])
  })

  for (const [title, map, code] of [
    ['a source column that is not there', { Login: 'Login' }, 'PREPARE_COLUMN_MISSING'],
    ['a source column that could be two', { Email: 'MAIL' }, 'PREPARE_COLUMN_DUPLICATE'],
    ['one target twice', { Login: 'Vorname', 'login *': 'mail' }, 'PREPARE_COLUMN_DUPLICATE'],
    ['a target that the object does not have', { 'Shoe Size': 'Vorname' }, 'PREPARE_COLUMN_UNKNOWN'],
    ['nothing', {}, 'PREPARE_COLUMN_UNKNOWN'],
  ] as const) {
    it(`refuses ${title}`, () => {
      expect(() => plan(header, map)).toThrow(expect.objectContaining({ code }))
    })
  }
})
