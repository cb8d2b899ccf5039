import { type RawBuilder, sql } from 'kysely'

/** Any number of values, for `in`, as one: the text of the statement stays the same, and is compiled once. */
export function oneOf(values: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(values)}))`
}
