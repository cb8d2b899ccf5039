import type { Header, LintContext, Row } from '../rule.ts'
import { isKeyFilled, type KeyColumns, placeKey, recordOfKeys } from './key-columns.ts'
import { TextHash } from './text-hash.ts'

/** Tells which record of Coupa a row stands for. */
export interface RowIdentity {
  /** Hash of the key, whole after {@link RowIdentity.read}. */
  readonly hash: TextHash
  /** The key that is looked at first: a row that fills it is found by nothing else. */
  readonly first: KeyColumns
  /** The key that the row is found by: the first one that is filled. `undefined`: none is. */
  read(row: Row): KeyColumns | undefined
}

/**
 * What tells the rows of a header apart: the keys of the object in the order in which they are listed.
 *
 * Where Coupa states an order it tries them in that order; else the order is that of the documentation. `undefined`
 * for record types that have no keys, and for objects of which one record may stand in several rows.
 */
export function createRowIdentity(header: Header, { schema }: LintContext): RowIdentity | undefined {
  const { definition } = schema
  if (header.record !== recordOfKeys(schema)) return undefined
  const keys = (definition.rowKeys ?? definition.keys).flatMap((names) => placeKey(names, header) ?? [])
  const [first] = keys
  if (!first) return undefined
  const hash = new TextHash()
  return {
    hash,
    first,
    read(row) {
      for (let number = 0; number < keys.length; number += 1) {
        const key = keys[number]
        if (!key || !isKeyFilled(key, row)) continue
        hash.start()
        // The number of the key, so that Id 7 is not taken for Supplier Number 7.
        hash.high ^= number + 1
        for (const index of key.indexes) hash.add(row.digests, index)
        hash.finish()
        return key
      }
      return undefined
    },
  }
}
