import { distance } from 'fastest-levenshtein'
import type { RecordSchema } from './file-schema.ts'
import { normaliseHeader } from './normalise-header.ts'

/** The column of a record type whose name is nearest to a header text, or `undefined` where none is near. */
export function suggestColumn(record: RecordSchema, header: string): string | undefined {
  const wanted = normaliseHeader(header)
  if (wanted === '') return undefined
  let best: { readonly name: string; readonly steps: number } | undefined
  for (const column of record.columns) {
    if (!column.isInRelease || column.isPlaceholder === true) continue
    for (const spelling of [column.name, ...(column.aliases ?? []), ...(column.formerly ?? [])]) {
      const steps = distance(wanted, normaliseHeader(spelling))
      if (best === undefined || steps < best.steps) best = { name: column.name, steps }
    }
  }
  // A third of the letters wrong, or two that changed places, is still a slip; more is another word.
  const mostSteps = wanted.length < 4 ? 1 : Math.max(2, wanted.length / 3)
  return best !== undefined && best.steps <= mostSteps ? best.name : undefined
}
