import type { LintContext } from '../rule.ts'
import type { Scratch } from './scratch.ts'

/**
 * Bytes that all key rules together may use for one file. A row costs 8 bytes per table for its hashes, 4 for the whole
 * row, and some 8 for its place in the table: this is three tables of 700,000 rows, or one of 2,000,000. A file that
 * Coupa would load (5,000 rows) needs less than 1 MiB; more would take the process beyond 150 MB, for files that must
 * be split anyway. What does not fit goes to the scratch; without one a finding says from which row on keys are not
 * compared.
 */
export const KEY_MEMORY_BYTES = 32 * 1024 * 1024

/** One who uses memory and can do with less. */
export interface Tenant {
  /** Moves what can be moved to the scratch and gives the bytes back. */
  moveOut(): void
}

/** What is left of the bytes for one file. */
export interface MemoryBudget {
  readonly totalBytes: number
  /** Where tenants move out to. */
  readonly scratch: Scratch | undefined
  readonly tenantCount: number
  /** Whether so many bytes are left. */
  hasFree(bytes: number): boolean
  /** Takes bytes; `false` when there are not so many, even after all have moved out. Negative bytes are given back. */
  take(bytes: number): boolean
  /** Rows that the file will have, as far as that can be told of those so far; 0: it cannot. */
  expectedRows(rows: number): number
  /** Says what part of the file has been read, from 0 to 1; 0 where nobody knows. */
  foresee(partRead: () => number): void
  /** Adds one who is asked to move out when the bytes are used up. */
  join(tenant: Tenant): void
}

const budgets = new WeakMap<LintContext, MemoryBudget>()

/** Makes a budget. */
export function createMemoryBudget(totalBytes: number, scratch?: Scratch): MemoryBudget {
  const tenants: Tenant[] = []
  let left = totalBytes
  let isMoving = false
  let partOf = (): number => 0

  /** All at once: one who moved out alone would find its room taken by the others, and move out again and again. */
  function moveAllOut(): void {
    isMoving = true
    for (const tenant of tenants) tenant.moveOut()
    isMoving = false
  }

  return {
    totalBytes,
    scratch,
    get tenantCount() {
      return tenants.length
    },
    hasFree: (bytes) => bytes <= left,
    take(wanted) {
      if (wanted > left && scratch && !isMoving) moveAllOut()
      if (wanted > left) return false
      left -= wanted
      return true
    },
    expectedRows(rows) {
      const part = partOf()
      return part > 0 ? Math.ceil(rows / part) : 0
    },
    foresee: (partRead) => void (partOf = partRead),
    join: (tenant) => void tenants.push(tenant),
  }
}

/** The budget that the key rules of one file share. */
export function budgetOf(context: LintContext): MemoryBudget {
  const known = budgets.get(context)
  if (known) return known
  const { bytes = KEY_MEMORY_BYTES, scratch } = context.keyMemory ?? {}
  const budget = createMemoryBudget(bytes, scratch)
  budgets.set(context, budget)
  return budget
}
