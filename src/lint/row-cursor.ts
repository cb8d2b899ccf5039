import { FieldDigests, type RecordView } from '../csv/index.ts'
import type { Header, Row, RowShape } from './rule.ts'

/** The one row object of a linter; it moves from record to record. */
export interface RowCursor {
  readonly row: Row
  /** @param isInDoubt Whether a scan fault leaves open where fields end. */
  moveTo(view: RecordView, number: number, header: Header, isInDoubt: boolean): Row
}

/** Makes a cursor. Texts of the row are built once, whoever asks for them. */
export function createRowCursor(): RowCursor {
  const texts: string[] = []
  /** Which move of the cursor each text was built in. */
  const builtIn: number[] = []
  let move = 0
  let firstBytes = -1
  const row = {
    // Replaced before anyone sees them: nobody is given the row before the first move.
    view: undefined as unknown as RecordView,
    header: undefined as unknown as Header,
    number: 0,
    shape: 'sound' as RowShape,
    digests: new FieldDigests(),
    text(index: number): string {
      if (builtIn[index] === move) return texts[index] ?? ''
      const text = row.view.text(index)
      texts[index] = text
      builtIn[index] = move
      return text
    },
  }

  return {
    row,
    moveTo(view, number, header, isInDoubt) {
      move += 1
      row.view = view
      row.number = number
      if (row.header !== header) {
        row.header = header
        firstBytes = bytesOfFirst(header)
      }
      row.shape = shapeOf(row, isInDoubt, firstBytes)
      if (row.shape === 'sound') view.digestInto(row.digests)
      return row
    },
  }
}

function shapeOf(row: Row, isInDoubt: boolean, firstBytes: number): RowShape {
  const { view, header } = row
  if (!hasWidth(view, header)) return 'ragged'
  if (isInDoubt) return 'damaged'
  if (isHeaderAgain(row, firstBytes)) return 'header'
  for (let index = 0; index < view.fieldCount; index += 1) {
    if (!view.isEmpty(index)) return 'sound'
  }
  return 'empty'
}

function hasWidth(view: RecordView, { width, mayBePadded }: Header): boolean {
  if (view.fieldCount === width) return true
  if (!mayBePadded || view.fieldCount < width) return false
  for (let index = width; index < view.fieldCount; index += 1) {
    if (!view.isEmpty(index)) return false
  }
  return true
}

/** Bytes of a field with the text of the first header cell; -1 where a quote in it leaves that open. */
function bytesOfFirst({ cells: [first] }: Header): number {
  return first === undefined || first.text.includes('"') ? -1 : Buffer.byteLength(first.text)
}

/** Most rows differ in the size of the first cell, so that hardly any text is built for this. */
function isHeaderAgain(row: Row, firstBytes: number): boolean {
  const { cells } = row.header
  // One cell alone proves nothing: a column `User` may well hold the text `User`.
  if (cells.length < 2) return false
  const { view } = row
  if (firstBytes !== -1 && view.contentEnd(0) - view.contentStart(0) !== firstBytes && view.isIntact(0)) return false
  for (const { text, index } of cells) {
    if (row.text(index) !== text) return false
  }
  return true
}
