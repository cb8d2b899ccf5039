import type { RetentionOutcome } from './apply-retention.ts'

/** What was removed, in one row of numbers. */
export function retentionFacts({
  ledger,
  store,
  accepted,
  rejected,
}: RetentionOutcome): Readonly<Record<string, number>> {
  return {
    ...ledger,
    ...store,
    ...(accepted === undefined ? {} : { accepted }),
    ...(rejected === undefined ? {} : { rejected }),
  }
}
