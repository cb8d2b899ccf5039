import type { Column, Key, RecordType } from '../schema/index.ts'
import type { LoadTarget } from './load-groups.ts'
import { attributeName, type UploadError } from './load-record.ts'
import type { DataRow } from './read-rows.ts'
import type { StoredRecord, Values } from './record-table.ts'

/** The rules by which the sandbox takes a record or not; few and simple, those that Coupa documents. */
export interface RecordJudge {
  /** The record that a row updates; none where it creates one. */
  findExisting(values: Values): StoredRecord | undefined
  /** The values as they are kept. */
  settle(values: Values): Values
  /** @param values What the record would hold. */
  judgeHead(row: DataRow, values: Values, existing: StoredRecord | undefined): UploadError | undefined
  judgeLine(row: DataRow): UploadError | undefined
}

interface Fault {
  readonly column: string
  readonly sentence: string
}

export function createRecordJudge({ definition, record, table }: LoadTarget): RecordJudge {
  const uniques = uniqueSets(record)
  const identities = definition.isCreateOnly ? [] : identitySets(definition.keys, uniques, record)
  const assigned = record.columns.filter(({ isAssignedByCoupa }) => isAssignedByCoupa).map(({ name }) => name)
  const dayColumns = record.columns.filter(({ type, uniqueWith }) => type === 'datetime' && uniqueWith)

  return {
    findExisting(values) {
      for (const key of identities) {
        const found = table.find(key, values)
        if (!found) continue
        const rule = definition.keyRules?.find((one) => one.key.join() === key.join())
        // What the key may not change makes the row a new record, which then fails where a value must be unique.
        // Source: Coupa flat-file documentation, April 2026 (Users Import).
        const isOther = rule?.cannotUpdate?.some(
          (column) => values[column] !== undefined && values[column] !== found.values[column],
        )
        return isOther ? undefined : found
      }
      return undefined
    },

    settle(values) {
      // Source: Coupa flat-file documentation, April 2026 (Exchange Rate Import): the time of the day is cut off.
      const cut = dayColumns.flatMap(({ name }) => {
        const value = values[name]
        return value === undefined ? [] : [[name, value.replace(/T\d\d:\d\d:\d\d/, 'T00:00:00')] as const]
      })
      return { ...values, ...Object.fromEntries(cut) }
    },

    judgeHead(row, values, existing) {
      const unfound = existing ? [] : assigned.filter((column) => values[column] !== undefined)
      const taken = uniques.filter((columns) => {
        const other = table.find(columns, values)
        return other !== undefined && other.id !== existing?.id
      })
      return rowError(row, values, [
        ...unfound.map((column) => ({ column, sentence: `${column} unable to find matching record.` })),
        ...blanks(record, values),
        ...taken.flatMap(([column]) =>
          column === undefined ? [] : [{ column, sentence: `${column} has already been taken` }],
        ),
      ])
    },

    judgeLine: (row) => rowError(row, row.values, blanks(row.record, row.values)),
  }
}

/** Required columns without a value. */
function blanks(record: RecordType, values: Values): Fault[] {
  return record.columns
    .filter(({ name, required }) => required && values[name] === undefined)
    .map(({ name }) => ({ column: name, sentence: `${name} can't be blank` }))
}

/** One error per row: it names the first field and says everything. */
function rowError(row: DataRow, values: Values, faults: readonly Fault[]): UploadError | undefined {
  const [first] = faults
  if (!first) return undefined
  const value = values[first.column]
  return {
    type: 'UploadRowError',
    row: row.number,
    firstColumn: row.firstColumn,
    fieldWithError: attributeName(first.column),
    ...(value !== undefined && { value }),
    fieldErrors: faults.map(({ sentence }) => sentence),
  }
}

function uniqueSets(record: RecordType): Key[] {
  const sets = record.columns.flatMap(({ name, unique, uniqueWith }: Column): Key[] => {
    if (uniqueWith) return [[name, ...uniqueWith]]
    return unique ? [[name]] : []
  })
  // Two columns that name each other are one set.
  return sets.filter((set, index) => sets.findIndex((other) => sameColumns(set, other)) === index)
}

function sameColumns(one: Key, other: Key): boolean {
  return one.length === other.length && one.every((column) => other.includes(column))
}

/**
 * The keys of the object, in Coupa's order, unless none of them could tell two records apart while other columns can:
 * some objects name keys of the records they belong to.
 */
function identitySets(keys: readonly Key[], uniques: readonly Key[], record: RecordType): readonly Key[] {
  const known = new Set(record.columns.map(({ name }) => name))
  const own = keys.filter((key) => key.every((column) => known.has(column)))
  const isTelling = own.some((key) => uniques.some((set) => set.every((column) => key.includes(column))))
  return isTelling || uniques.length === 0 ? own : uniques
}
