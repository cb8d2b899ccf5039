import type { Header, Row } from '../rule.ts'
import { TextHash } from './text-hash.ts'

/** Hashes whole rows. Quotes and outer blanks of cells do not count, as they carry no meaning. */
export interface RowHash {
  /** The hash of the row that the engine stands on; the same object each time. */
  of(row: Row): TextHash
}

/** Makes the row hash of a header. */
export function createRowHash({ width }: Header): RowHash {
  const hash = new TextHash()
  return {
    of({ digests }) {
      hash.start()
      hash.addFirst(digests, width)
      hash.finish()
      return hash
    },
  }
}
