import type { LintContext } from '../rule.ts'

/**
 * Bytes that all key rules together may use for one file: five tables of a million rows. A row costs 16 bytes per
 * table, so a file that Coupa would load (5,000 rows) needs less than 1 MiB; more memory would serve files that must be
 * split anyway, less would leave big extracts unchecked.
 */
export const KEY_MEMORY_BYTES = 160 * 1024 * 1024

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
