import { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import { openNodeSqlite } from './node-sqlite.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'

/**
 * What an empty ledger becomes when it takes every migration, as SQL: the text of `schema.sql`, which is committed so
 * that a change of a released migration shows.
 */
export async function schemaSnapshot(): Promise<string> {
  const database = openNodeSqlite(':memory:', { readOnly: false, lockTimeoutMs: 0 })
  const clock = { sleep: (): Promise<void> => Promise.resolve() }
  try {
    await migrate(new Kysely({ dialect: createSqliteDialect(database, { clock, busyTimeoutMs: 0 }) }), ':memory:')
    const rows = database
      .prepare('select sql from sqlite_schema where sql is not null order by tbl_name, type desc, name')
      .all([]) as readonly { readonly sql: string }[]
    return `-- Generated from src/ledger/migrations by schema-snapshot.ts; do not edit.\n\n${rows.map(readable).join('\n')}`
  } finally {
    database.close()
  }
}

/** One column a line, so that a difference is seen at once. */
function readable({ sql }: { readonly sql: string }): string {
  if (!sql.startsWith('CREATE TABLE')) return `${sql};\n`
  let depth = 0
  let text = ''
  for (const character of sql) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character === '(' && depth === 1) text += '(\n  '
    else if (character === ')' && depth === 0) text += '\n)'
    else if (character === ',' && depth === 1) text += ',\n '
    else text += character
  }
  return `${text};\n`
}
