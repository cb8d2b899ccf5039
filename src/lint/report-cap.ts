import type { FilePlace, FileReport, Remark } from './rule.ts'

/** Places that one rule names in a file before it only counts: one wrong encoding damages every line alike. */
const NAMED_PLACES = 20

/** Reports the first places of a fault that tends to come by the thousand, then one remark for all the others. */
export interface CappedReport {
  add(remark: () => Remark, at: FilePlace): void
  /** @param more Says how many were left out; asked only if there are any. */
  end(more: (leftOut: number) => Remark): void
}

/** Caps what one rule says of one file. */
export function capReport(report: FileReport): CappedReport {
  let seen = 0
  return {
    add(remark, at) {
      seen += 1
      if (seen <= NAMED_PLACES) report(remark(), at)
    },
    end(more) {
      if (seen > NAMED_PLACES) report(more(seen - NAMED_PLACES))
    },
  }
}
