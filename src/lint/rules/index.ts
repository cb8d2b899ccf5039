import type { Rule } from '../rule.ts'

/** Every rule, by code. */
export const RULES: readonly Rule[] = []
