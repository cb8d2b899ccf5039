import { type Kysely, sql } from 'kysely'
import { GatewayError } from '../base/index.ts'
import type { LedgerTables } from './tables.ts'

/** What changes in one row, by the names of the columns. */
export interface RowChange {
  readonly id: string
  readonly change: Readonly<Record<string, string | number | null>>
}

/**
 * Changes many rows, each in its own way. Those that change the same columns are one statement, whose text does not
 * depend on their number: it is compiled once, where a statement for each row would cost more than the change itself.
 *
 * @param changes At most one for each row; those without a column are left out.
 * @throws {GatewayError} `HISTORY_UNKNOWN` one of the rows is not there.
 */
export async function updateEach(
  db: Kysely<LedgerTables>,
  table: 'files' | 'parts',
  changes: readonly RowChange[],
): Promise<void> {
  for (const [names, alike] of Map.groupBy(changes, ({ change }) => Object.keys(change).join())) {
    if (names === '') continue
    const columns = names.split(',')
    const rows = alike.map(({ id, change }) => [id, ...columns.map((column) => change[column])])
    const sets = columns.map((column, index) => sql`${sql.ref(column)} = v.value ->> ${sql.lit(index + 1)}`)
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} set ${sql.join(sets)}
      from json_each(${JSON.stringify(rows)}) as v where ${sql.ref(`${table}.id`)} = v.value ->> 0
    `.execute(db)
    if (numAffectedRows === BigInt(rows.length)) continue
    throw new GatewayError('HISTORY_UNKNOWN', { [table]: alike.map(({ id }) => id).join(' ') })
  }
}
