import type { Excerpt } from '../../base/index.ts'

/** Marks that stand on the character before them, and joiners. */
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Characters that a terminal shows two columns wide: East Asian wide and full-width forms, and emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u

/**
 * The line of carets below an excerpt: under the characters of the place, or one caret where it is empty. Tabs are
 * kept, so that the carets stand right whatever the width of a tab is.
 *
 * Source: Unicode Standard Annex 11 (East Asian wide characters take two columns), in the ranges that names use.
 */
export function caretLine({ text, caret, width }: Excerpt): string {
  const points = Array.from(text)
  const before = points.slice(0, caret).map((point) => (point === '\t' ? point : ' '.repeat(columnsOf(point))))
  const below = points.slice(caret, caret + width).map((point) => '^'.repeat(columnsOf(point)))
  return before.join('') + (below.join('') || '^')
}

function columnsOf(point: string): number {
  if (ZERO_WIDTH.test(point)) return 0
  return WIDE.test(point) ? 2 : 1
}
