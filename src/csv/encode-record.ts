import { GatewayError } from '../base/index.ts'

/** What ends a record that is written. */
export type LineEnd = '\r\n' | '\n'

/**
 * Turns one record into text in Coupa's dialect: comma, every field in quotes, also the empty ones.
 *
 * The scanner reads it back to the same fields. Nothing is trimmed, padded or re-formatted.
 *
 * @param fields At least one; `''` is an empty cell.
 * @returns The record with its line end, so that records are joined with nothing between them. Its length is in UTF-16
 *   code units; {@link createCsvEncoder} counts bytes.
 *
 * @throws {GatewayError} `CSV_NOT_ENCODABLE` when a field holds U+0000, which many readers cut at, or half a surrogate
 *   pair, which has no UTF-8; the detail `field` counts from 1.
 *
 * @example
 * encodeRecord(['7001', 'Bolt, 5"', ''], '\r\n') // '"7001","Bolt, 5""",""\r\n'
 *
 * Source: RFC 4180 section 2, rules 5 to 7. House: U+0000 is refused; every field is quoted.
 */
export function encodeRecord(fields: readonly string[], lineEnd: LineEnd): string {
  let text = '"'
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as string
    if (index > 0) text += '","'
    text += field.includes('"') ? field.replaceAll('"', '""') : field
  }
  text += `"${lineEnd}`
  // One look at the whole is cheaper than one at each field.
  if (text.includes('\0') || !text.isWellFormed()) throw notEncodable(fields)
  return text
}

function notEncodable(fields: readonly string[]): GatewayError {
  const index = fields.findIndex((field) => field.includes('\0') || !field.isWellFormed())
  const reason = fields[index]?.includes('\0') === true ? 'U+0000' : 'half a surrogate pair'
  return new GatewayError('CSV_NOT_ENCODABLE', { field: index + 1, reason })
}
