import type { RecordSchema } from './file-schema.ts'
import { normaliseHeader } from './normalise-header.ts'

/** Record types of an object by what the first cell of a row says. */
export interface RecordMarks {
  /** Of a data row; several where record types share a mark. */
  ofRow(text: string): readonly RecordSchema[]
  /** Of a header row; several where record types call the column that tells them apart alike. */
  ofHeader(text: string): readonly RecordSchema[]
}

/**
 * The marks of the record types that may stand together in one file.
 *
 * The first cell may hold the value or the name of the column that tells the types apart, or the name of the type. A
 * mark that a type states of itself wins over one that is only accepted for another.
 *
 * Source: Coupa flat-file documentation, April 2026 (first column of invoices, requisitions, order confirmations, …).
 */
export function recordMarks(records: readonly RecordSchema[]): RecordMarks {
  const ofRows = new Map<string, readonly RecordSchema[]>()
  const ofHeaders = new Map<string, readonly RecordSchema[]>()
  for (const spell of [statedMarks, columnMarks, otherMarks]) {
    const marked = Map.groupBy(
      records.flatMap((record) => [...new Set(spell(record).map(normaliseHeader))].map((mark) => ({ mark, record }))),
      ({ mark }) => mark,
    )
    for (const [mark, pairs] of marked) {
      const types = pairs.map(({ record }) => record)
      if (!ofRows.has(mark)) ofRows.set(mark, types)
      ofHeaders.set(mark, [...new Set([...(ofHeaders.get(mark) ?? []), ...types])])
    }
  }
  return { ofRow: finder(ofRows), ofHeader: finder(ofHeaders) }
}

function statedMarks({ discriminator }: RecordSchema): readonly string[] {
  return discriminator?.value === undefined ? [] : [discriminator.value]
}

function columnMarks({ discriminator }: RecordSchema): readonly string[] {
  return discriminator === undefined ? [] : [discriminator.column]
}

function otherMarks({ name, discriminator }: RecordSchema): readonly string[] {
  return [name, ...(discriminator?.alsoSeen ?? [])]
}

/** Remembers marks as they are written, so that one which comes in every row is normalised once. */
function finder(types: ReadonlyMap<string, readonly RecordSchema[]>): (text: string) => readonly RecordSchema[] {
  const spelled = new Map<string, readonly RecordSchema[]>()
  return (text) => {
    const known = spelled.get(text)
    if (known) return known
    const found = types.get(normaliseHeader(text))
    // Only marks: texts that are none may be as many as there are rows.
    if (found) spelled.set(text, found)
    return found ?? NONE
  }
}

const NONE: readonly RecordSchema[] = []
