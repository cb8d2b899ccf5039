import type { Finding, Fix } from '../../base/index.ts'

/** Which repairs are made, and how often each rule's was. */
export interface Repairs {
  /** Whether repairs of a rule are made. */
  does(code: string, safety: Fix['safety']): boolean
  note(code: Finding['code']): void
  /** How many places were mended, by code. */
  readonly applied: Readonly<Record<string, number>>
}

/** @param codes Of the rules that run: what is not looked for is not mended. */
export function createRepairs(codes: ReadonlySet<string>, allowsUnsafe: boolean): Repairs {
  const applied: Record<string, number> = {}
  return {
    does: (code, safety) => codes.has(code) && (safety === 'safe' || allowsUnsafe),
    note: (code) => void (applied[code] = (applied[code] ?? 0) + 1),
    get applied() {
      return Object.fromEntries(Object.entries(applied).sort(([a], [b]) => (a < b ? -1 : 1)))
    },
  }
}
