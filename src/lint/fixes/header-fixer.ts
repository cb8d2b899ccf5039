import type { Header, Remark } from '../rule.ts'
import type { RecordFixerOptions } from './record-fixer.ts'
import type { Repairs } from './repairs.ts'
import type { Survey } from './survey.ts'

/** What becomes of one header row. */
export interface FixedHeader {
  /** Fields, from 0, that are left out of it and of its rows. */
  readonly dropped: ReadonlySet<number>
  /** The text that a cell becomes. */
  textOf(index: number, text: string): string
}

/** Mends header rows by what the rules say of them. */
export interface HeaderFixer {
  fix(header: Header): FixedHeader
}

/** Makes a fixer of header rows. */
export function createHeaderFixer({ context, rules, repairs, survey }: RecordFixerOptions): HeaderFixer {
  return {
    fix(header) {
      const texts = new Map<number, string>()
      const dropped = new Set<number>()
      for (const rule of rules) {
        if (rule.place !== 'H') continue
        rule.check?.(header, context, (remark, index) => {
          // In a file of several record types the first cell is the mark of its type.
          if (index === undefined || (header.mayBePadded && index === 0)) return
          const replacement = offered(remark, rule.code, repairs)
          if (replacement !== undefined) {
            texts.set(index, replacement)
            repairs.note(rule.code)
          }
          if (rule.code === 'H103' && mayDrop(repairs, survey)) {
            dropped.add(index)
            repairs.note(rule.code)
          }
        })
      }
      // A row without a field is no row.
      if (dropped.size === header.cells.length) dropped.clear()
      return { dropped, textOf: (index, text) => texts.get(index) ?? text }
    },
  }
}

function offered({ fix }: Remark, code: string, repairs: Repairs): string | undefined {
  return fix && repairs.does(code, fix.safety) ? fix.replacement : undefined
}

/** In a file with ragged rows nobody knows which field would go. */
function mayDrop(repairs: Repairs, { hasRaggedRows }: Survey): boolean {
  return repairs.does('H103', 'unsafe') && !hasRaggedRows
}
