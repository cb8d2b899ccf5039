import { createScanner, type RecordView } from '../csv/index.ts'
import { countKnownCells, type RecordSchema } from '../schema/index.ts'
import { foreignHeader, isSeparatorLine } from './foreign.ts'

/**
 * Bytes at the start of a file in which its header row is looked for. A few lines of a title and the beginning of the
 * widest header row; more would only be held back longer.
 */
export const TITLE_BYTES = 16 * 1024

/** Records among which the header row is looked for: reports that people export have a title of a few lines. */
export const MAX_TITLE_ROWS = 10

/**
 * How many records, blank ones included, stand above the header row: 0 where the first one names a column, or where
 * none of the first ones is a header row. A header row names at least two columns, and half of its cells do.
 *
 * @param head First bytes of the file.
 */
export function countTitleRows(head: Uint8Array, records: readonly RecordSchema[]): number {
  let found: number | undefined
  const scanner = createScanner({
    // A fault is told again when the file is read.
    fault: () => {},
    record(view) {
      if (found === undefined && view.number <= MAX_TITLE_ROWS + 1) found = look(view)
    },
  })

  function look(view: RecordView): number | undefined {
    const known = Math.max(0, ...records.map((record) => countKnownCells(view, record)))
    if (view.number === 1) {
      const isFine = known > 0 || isSeparatorLine(view) || foreignHeader(view, records) !== undefined
      return isFine ? 0 : undefined
    }
    const filled = countFilled(view)
    return known >= 2 && known * 2 >= filled ? view.number - 1 : undefined
  }

  scanner.write(head)
  scanner.end()
  return found ?? 0
}

function countFilled(view: RecordView): number {
  let filled = 0
  for (let index = 0; index < view.fieldCount; index += 1) if (!view.isEmpty(index)) filled += 1
  return filled
}
