import { type Finding, nodeCrypto } from '../base/index.ts'
import type { RecordView } from '../csv/index.ts'
import type { Standing } from './finding-writer.ts'
import { type KeyColumns, placeKey, recordOfKeys } from './keys/key-columns.ts'
import type { Header, LintContext } from './rule.ts'

/** The key of findings that belong to the file and to no record of it. */
export const WHOLE_FILE = '(file)'

/** Names records so that the name stays the same when rows move. */
export interface RecordKeys {
  /** `Login=ann`; `(header)` in a header row; a hash of the row where its record type has no key or it is empty. */
  of(finding: Finding, view: RecordView): string
}

/** Names the records of one file, by the first key of the object that is filled. */
export function createRecordKeys({ schema }: LintContext, standing: Standing): RecordKeys {
  const { definition } = schema
  const placed = new Map<Header, readonly KeyColumns[]>()

  function keysOf(header: Header): readonly KeyColumns[] {
    const known = placed.get(header)
    if (known) return known
    const names = header.record === recordOfKeys(schema) ? (definition.rowKeys ?? definition.keys) : []
    const keys = names.flatMap((key) => placeKey(key, header) ?? [])
    placed.set(header, keys)
    return keys
  }

  return {
    of({ at }, view) {
      if (at.row === undefined) return standing.row === undefined ? '(header)' : WHOLE_FILE
      const { header } = standing
      const keys = header !== undefined && view.fieldCount >= header.width ? keysOf(header) : []
      for (const { names, indexes } of keys) {
        const parts = names.map((name, place) => ({ name, text: view.text(indexes[place] ?? -1) }))
        if (parts.every(({ text }) => text !== '')) return parts.map(({ name, text }) => `${name}=${text}`).join(', ')
      }
      return `row ${nodeCrypto().createHash('sha256').update(view.raw()).digest('hex').slice(0, 16)}`
    },
  }
}
