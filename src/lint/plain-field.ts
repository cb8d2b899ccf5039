import type { RecordView } from '../csv/index.ts'

const BLANK = 0x20
const HASH = 0x23
const DELETE = 0x7f

/**
 * Whether the text of a field is plain: printable ASCII with no blank at either end and no `#` in front. Nearly all
 * cells are, and the bytes say so without the text being built.
 */
export function isPlainField(view: RecordView, index: number): boolean {
  const { bytes } = view
  const start = view.contentStart(index)
  const end = view.contentEnd(index)
  const first = bytes[start] as number
  if (end <= start || first === BLANK || first === HASH || bytes[end - 1] === BLANK) return false
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte < BLANK || byte >= DELETE) return false
  }
  return true
}
