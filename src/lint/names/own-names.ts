import type { SchemaColumn } from '../../schema/index.ts'
import { compileCondition, type RowTest } from '../conditions.ts'
import type { Header, LintContext, Row } from '../rule.ts'
import { nameId } from './name-id.ts'
import type { NameList } from './name-list.ts'

/** Adds the names of the records of a file to those of its run. */
export interface OwnNames {
  /** Adds the names of the row that the engine stands on, once, whoever asks. */
  read(row: Row): void
}

const collectors = new WeakMap<Header, OwnNames>()

/**
 * The collector of a header, one for all rules that ask. `undefined`: the run has no use for the names, for no other
 * file and no other column of this one refers to them.
 */
export function ownNamesOf(header: Header, context: LintContext): OwnNames | undefined {
  const known = collectors.get(header)
  if (known) return known
  const made = createOwnNames(header, context)
  if (made) collectors.set(header, made)
  return made
}

function createOwnNames(header: Header, { schema, names }: LintContext): OwnNames | undefined {
  const { object, definition } = schema
  if (!names) return undefined
  const ownNames = new Set(header.cells.flatMap(({ column }) => nameOf(column, object)))
  const isInactive = inactivityOf(header)
  const isNamed = names.isNamed(object)
  const columns = Object.entries(definition.attributes ?? {}).flatMap(
    ([by, { column, record = definition.records[0]?.name }]) => {
      const index = record === header.record.name ? header.indexOf(column) : -1
      if (index === -1 || !(isNamed || ownNames.has(by))) return []
      const list: NameList = names.collect(object, nameId(definition, header.record.name, [column]))
      return [{ index, list }]
    },
  )
  if (columns.length === 0) return undefined
  let read = 0
  return {
    read(row) {
      if (row.number === read) return
      read = row.number
      const facts = { isInactive: isInactive(row), day: 0 }
      for (const { index, list } of columns) if (!row.view.isEmpty(index)) list.add(row.text(index), facts)
    },
  }
}

/** Whether rows of a header make their record inactive. */
export function inactivityOf(header: Header): RowTest {
  const { inactiveWhen } = header.record
  const column = inactiveWhen?.column
  if (!inactiveWhen || column === undefined || header.indexOf(column) === -1) return () => false
  return compileCondition(inactiveWhen, header) ?? (() => false)
}

/** By what a column names records of an object, if it does. */
function nameOf(column: SchemaColumn | undefined, object: string): readonly string[] {
  const { object: named, by } = column?.references ?? {}
  return named === object && by !== undefined ? [by] : []
}
