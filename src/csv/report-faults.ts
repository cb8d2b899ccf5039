import type { ScanFault, ScanHandler } from './record-view.ts'
import { FIELD } from './field-form.ts'
import type { ScannedRecord } from './scanned-record.ts'
import { findBadBytes } from './utf8-faults.ts'

/** Long enough to find the place in an editor, short enough for one line of a report. */
const EXCERPT_BYTES_BEFORE = 12
const EXCERPT_BYTES_AFTER = 28

/**
 * Hands every fault of a damaged record to the handler, in file order; keeps no list of them.
 *
 * @param isTooLong Whether the last field was cut at the cap of the record; told where that field starts.
 */
export function reportFaults(record: ScannedRecord, isTooLong: boolean, handler: ScanHandler): void {
  let line = record.line
  let counted = record.start
  const last = record.fieldCount - 1

  function report(kind: ScanFault['kind'], index: number, at: number, excerpt: string): void {
    line += record.countLineFeeds(counted, at)
    counted = at
    const offset = record.baseOffset + at
    handler.fault({ kind, line, record: record.number, field: index + 1, offset, excerpt })
  }

  function reportBadBytes(index: number, from: number, to: number): void {
    let at = from
    for (;;) {
      const bad = findBadBytes(record.bytes, at, to)
      if (bad === undefined) return
      at = bad.at + bad.length
      report('invalid-utf8', index, bad.at, hexOf(record.bytes.subarray(bad.at, at)))
    }
  }

  for (let index = 0; index <= last; index++) {
    const start = record.startOf(index)
    if (isTooLong && index === last) report('record-too-long', index, start, excerptOf(record, index, start))
    const fault = structureFaultOf(record, index)
    const at = fault?.at ?? start
    if (record.hasBadBytes) reportBadBytes(index, start, at)
    if (fault !== undefined) report(fault.kind, index, at, excerptOf(record, index, at))
    if (record.hasBadBytes) reportBadBytes(index, at, record.endOf(index))
  }
}

function structureFaultOf(
  record: ScannedRecord,
  index: number,
): { readonly kind: ScanFault['kind']; readonly at: number } | undefined {
  const kind = record.kinds[index] as number
  const start = record.startOf(index)
  if ((kind & FIELD.open) !== 0) return { kind: 'unterminated-quote', at: start }
  if ((kind & FIELD.tail) !== 0) return { kind: 'text-after-quote', at: record.closingQuoteOf(index) + 1 }
  if ((kind & FIELD.stray) !== 0) return { kind: 'stray-quote', at: record.bytes.indexOf('"', start) }
  return undefined
}

/** The text around a place, on its line, from the start of its field at the earliest. */
function excerptOf(record: ScannedRecord, index: number, at: number): string {
  const { bytes } = record
  let from = Math.max(record.startOf(index), at - EXCERPT_BYTES_BEFORE)
  let to = Math.min(record.end, at + EXCERPT_BYTES_AFTER)
  while (from < at && isContinuation(bytes[from])) from++
  while (to > at && to < record.end && isContinuation(bytes[to])) to--
  const before =
    record
      .decode(from, at)
      .split(/[\r\n]/)
      .at(-1) ?? ''
  const [after = ''] = record.decode(at, to).split(/[\r\n]/)
  return before + after
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(' ')
}
