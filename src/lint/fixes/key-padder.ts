import { takenListOf } from '../memory/taken-list.ts'
import type { Header, LintContext, Rule } from '../rule.ts'
import type { CellFixer } from './cell-fixer.ts'
import type { Repairs } from './repairs.ts'

/** What a padder works with. */
export interface KeyPadderOptions {
  readonly header: Header
  readonly rules: readonly Rule[]
  readonly context: LintContext
  readonly repairs: Repairs
  /** Widths to which numbers are padded with zeros, by index. */
  readonly paddedWidths: ReadonlyMap<number, number>
}

interface Padding {
  readonly code: string
  readonly pad: (text: string) => string | undefined
}

/**
 * A fixer of cells that also writes what rules over several rows offer for single cells: the zeros of keys that were
 * taken with them, then those of numbers that are shorter than all the others.
 */
export function createKeyPadder(inner: CellFixer, options: KeyPadderOptions): CellFixer {
  const { repairs } = options
  const paddings = paddingsOf(options)
  if (paddings.size === 0) return inner
  return {
    isClean: (row, index) => !paddings.has(index) && inner.isClean(row, index),
    fix(index, text) {
      const mended = inner.fix(index, text)
      for (const { code, pad } of paddings.get(index) ?? []) {
        const padded = pad(mended)
        if (padded === undefined) continue
        repairs.note(code)
        return padded
      }
      return mended
    },
    noteClean(row, index) {
      if (!paddings.has(index)) inner.noteClean(row, index)
    },
  }
}

function paddingsOf(options: KeyPadderOptions): ReadonlyMap<number, readonly Padding[]> {
  const { header, rules, context, repairs, paddedWidths } = options
  const found: (Padding & { readonly index: number })[] = rules.flatMap((rule) => {
    const isOverRows = rule.place === 'K' || rule.place === 'X'
    const mended = isOverRows && repairs.does(rule.code, 'unsafe') ? rule.mend?.(header, context) : undefined
    return Array.from(mended ?? [], ([index, pad]) => ({ index, code: rule.code, pad }))
  })
  if (repairs.does('K107', 'unsafe')) {
    for (const [index, width] of paddedWidths) {
      const taken = takenListOf(header, index, context)
      const pad = (text: string): string | undefined =>
        /^[1-9]\d*$/.test(text) && text.length < width && !taken?.has(text) ? text.padStart(width, '0') : undefined
      found.push({ index, code: 'K107', pad })
    }
  }
  return Map.groupBy(found, ({ index }) => index)
}
