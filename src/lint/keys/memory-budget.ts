import type { LintContext } from '../rule.ts'

/**
 * Bytes that all key rules together may use for one file. A row costs 8 bytes per table for its hashes, 4 for the whole
 * row, and some 8 for its place in the table: this is three tables of 700,000 rows, or one of 2,000,000. A file that
 * Coupa would load (5,000 rows) needs less than 1 MiB; more would take the process beyond 150 MB, for files that must
 * be split anyway. Where it ends a finding says from which row on keys are not compared.
 */
export const KEY_MEMORY_BYTES = 32 * 1024 * 1024

/** What is left of the bytes for one file. */
export interface MemoryBudget {
  /** Takes bytes; `false` when there are not so many. Negative bytes are given back. */
  take(bytes: number): boolean
}

const budgets = new WeakMap<LintContext, MemoryBudget>()

/** Makes a budget. */
export function createMemoryBudget(bytes: number): MemoryBudget {
  let left = bytes
  return {
    take(wanted) {
      if (wanted > left) return false
      left -= wanted
      return true
    },
  }
}

/** The budget that the key rules of one file share. */
export function budgetOf(context: LintContext): MemoryBudget {
  const known = budgets.get(context)
  if (known) return known
  const budget = createMemoryBudget(KEY_MEMORY_BYTES)
  budgets.set(context, budget)
  return budget
}
