import type { FilePlace, Header } from './rule.ts'

/** The place of a header cell, for a remark about its column. @param index From 0. */
export function headingPlace({ line, number, cells }: Header, index: number): FilePlace {
  const column = cells[index]?.text
  return { line, field: index + 1, record: number, ...(column !== undefined && { column }) }
}
