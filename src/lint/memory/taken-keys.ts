import { quoted } from '../cells/quoted.ts'
import { isKeyFilled, placeKey, recordOfKeys } from '../keys/key-columns.ts'
import { nameId } from '../names/name-id.ts'
import type { NameList } from '../names/name-list.ts'
import type { Header, LintContext, Row } from '../rule.ts'
import { joinKey, splitKey } from './joined-key.ts'

/** A key of one column or several, placed in a header, and what was taken by it. */
export interface TakenKeys {
  /** `Supplier Number + Remit To Code`. */
  readonly name: string
  readonly names: readonly string[]
  /** Index in the row of each name; -1 where the file lacks the column. */
  readonly indexes: readonly number[]
  readonly list: NameList
  isFilled(row: Row): boolean
  /** The key of a row as the list knows it. */
  read(row: Row): string
  /** The first field of the key that is filled. */
  placeIn(row: Row): number | undefined
  /** A key for people: each filled column with its value. */
  describe(key: string): string
}

/** The keys of an object, in their order, of which any were taken; those that Coupa gives out are not remembered. */
export function takenKeysOf(header: Header, { schema, memory }: LintContext): readonly TakenKeys[] {
  const { definition, object } = schema
  if (!memory || header.record !== recordOfKeys(schema)) return []
  return definition.keys.flatMap((names) => {
    const columns = placeKey(names, header)
    const list = columns && memory.find(object, nameId(definition, header.record.name, names))
    if (!columns || !list) return []
    const { indexes } = columns
    return [
      {
        name: names.join(' + '),
        names,
        indexes,
        list,
        isFilled: (row: Row) => isKeyFilled(columns, row),
        read: (row: Row) => joinKey(indexes.map((index) => (index === -1 ? '' : row.text(index)))),
        placeIn: (row: Row) => indexes.find((index) => index !== -1 && !row.view.isEmpty(index)),
        describe: (key: string) => describeKey(names, splitKey(key)),
      },
    ]
  })
}

function describeKey(names: readonly string[], texts: readonly string[]): string {
  return names.flatMap((name, part) => (texts[part] ? [`${name} ${quoted(texts[part])}`] : [])).join(', ')
}
