import type { FilePlace, Row } from './rule.ts'

/** The place of a field of a row, for a remark that is made when the row is gone. */
export function rowPlace({ view, number, header }: Row, index: number): FilePlace {
  const column = header.cells[index]?.text
  return {
    line: view.lineOf(index),
    row: number,
    field: index + 1,
    record: view.number,
    ...(column !== undefined && { column }),
  }
}
