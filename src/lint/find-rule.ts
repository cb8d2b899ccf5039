import type { Rule } from './rule.ts'
import { RULES } from './rules/index.ts'

/** The rule of a code, in any case, or of a name. */
export function findRule(codeOrName: string): Rule | undefined {
  const code = codeOrName.toUpperCase()
  return RULES.find((rule) => rule.code === code || rule.name === codeOrName)
}
