import type { Excerpt } from '../base/index.ts'
import type { RecordView } from '../csv/index.ts'

/** Code points of a line that are shown: what fits beside a margin on most screens. */
const MAX_CODE_POINTS = 120

/** Of a longer line, code points shown before the place: enough to see what it belongs to. */
const BEFORE = 40

/** Control characters but the tab, and marks that turn text around: they would disturb a terminal. Lets `é` pass. */
const UNSHOWABLE = /[\0-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu

/**
 * The physical line of a record on which a field starts, cut around the field.
 *
 * @param line Physical line; `undefined` where it is not one of the record.
 * @param field From 1; absent for the line as a whole.
 */
export function excerptOf(view: RecordView, line: number, field: number | undefined): Excerpt | undefined {
  return excerptsOf(view)(line, field)
}

/** As {@link excerptOf}, for many places of one record: a record may be a line of 1 MiB with as many faults. */
export function excerptsOf(view: RecordView): (line: number, field: number | undefined) => Excerpt | undefined {
  let lines: readonly string[] | undefined
  const pointsOfLines = new Map<string, readonly string[]>()

  function pointsOf(shown: string): readonly string[] {
    const known = pointsOfLines.get(shown)
    if (known) return known
    const points = Array.from(shown.endsWith('\r') ? shown.slice(0, -1) : shown)
    pointsOfLines.set(shown, points)
    return points
  }

  return (line, field) => {
    lines ??= view.raw().split('\n')
    const shown = lines[line - view.line]
    if (shown === undefined) return undefined
    const points = pointsOf(shown)
    const index = (field ?? 0) - 1
    if (index < 0 || index >= view.fieldCount || view.lineOf(index) !== line) {
      return cut(points, { caret: 0, width: points.length })
    }
    const caret = Math.min(pointsBefore(view, index), points.length)
    const content = view.text(index).split('\n', 1)[0] ?? ''
    return cut(points, { caret, width: Math.min(countPoints(content, 0), points.length - caret) })
  }
}

/** Code points between the start of the line and the first character of a field, its quote left out. */
function pointsBefore(view: RecordView, index: number): number {
  const start = view.contentStart(0) - (view.isQuoted(0) ? 1 : 0)
  const before = Buffer.from(view.bytes.buffer, view.bytes.byteOffset, view.bytes.byteLength).toString(
    'utf8',
    start,
    view.contentStart(index),
  )
  return countPoints(before, before.lastIndexOf('\n') + 1)
}

/** Code points of a text from one of its units on; a pair of surrogates is one. */
function countPoints(text: string, from: number): number {
  let count = 0
  for (let at = from; at < text.length; at += 1) {
    const isPair = isHighSurrogate(text.charCodeAt(at)) && isLowSurrogate(text.charCodeAt(at + 1))
    if (isPair) at += 1
    count += 1
  }
  return count
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function cut(points: readonly string[], { caret, width }: { caret: number; width: number }): Excerpt {
  const character = caret + 1
  if (points.length <= MAX_CODE_POINTS) return { text: showable(points), caret, width, character }
  const from = Math.max(0, Math.min(caret - BEFORE, points.length - MAX_CODE_POINTS))
  const shown = points.slice(from, from + MAX_CODE_POINTS)
  if (from > 0) shown[0] = '…'
  if (from + MAX_CODE_POINTS < points.length) shown[MAX_CODE_POINTS - 1] = '…'
  const at = caret - from
  return { text: showable(shown), caret: at, width: Math.min(width, MAX_CODE_POINTS - at), character }
}

/** One character for one, so that the caret stays where it is. */
function showable(points: readonly string[]): string {
  return points.join('').replaceAll(UNSHOWABLE, '\uFFFD')
}
