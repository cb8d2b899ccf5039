import type { Header, Row } from '../rule.ts'
import { TextHash } from './text-hash.ts'

/** Hashes whole rows; the rules that ask for the same row share one hash. */
export interface RowHash {
  /** The hash of the row that the engine stands on; the same object each time. */
  of(row: Row): TextHash
}

const hashes = new WeakMap<Header, RowHash>()

/** The row hash of a header. Quotes and outer blanks of cells do not count, as they carry no meaning. */
export function rowHashOf(header: Header): RowHash {
  const known = hashes.get(header)
  if (known) return known
  const hash = new TextHash()
  let hashed = 0
  const made: RowHash = {
    of(row) {
      if (row.number === hashed) return hash
      hashed = row.number
      hash.start()
      for (let index = 0; index < header.width; index += 1) hash.add(row.view, index)
      hash.finish()
      return hash
    },
  }
  hashes.set(header, made)
  return made
}
