import { GatewayError, type Severity } from '../base/index.ts'
import type { LintContext, Rule } from './rule.ts'

/** Words are codes (`C405`), beginnings of codes (`C`, `C4`) or names of rules (`value-not-allowed`). */
export interface RuleSelection {
  /** Only these; all when absent. */
  readonly select?: readonly string[]
  /** Not these. */
  readonly ignore?: readonly string[]
}

/**
 * The rules that a selection leaves. Where a rule is both selected and ignored the longer word decides, and
 * `ignore` when they are equally long: `select C405, ignore C` leaves C405.
 *
 * @throws {GatewayError} `USAGE` a word fits no rule.
 */
export function selectRules(rules: readonly Rule[], selection: RuleSelection): readonly Rule[] {
  const { select, ignore = [] } = selection
  for (const word of [...(select ?? []), ...ignore]) {
    if (!rules.some((rule) => weightOf(word, rule) > 0))
      throw new GatewayError('USAGE', { unknownRule: word, see: 'flatgate rules' })
  }
  return rules.filter((rule) => {
    const wanted = select === undefined ? 0 : heaviest(select, rule)
    const unwanted = heaviest(ignore, rule)
    return select === undefined ? unwanted === 0 : wanted > unwanted
  })
}

/** The rules that have something to say about this kind of file. */
export function rulesInContext(rules: readonly Rule[], context: LintContext): readonly Rule[] {
  return rules.filter(
    (rule) =>
      (rule.objects?.includes(context.schema.object) ?? true) &&
      !(rule.isAboutImports && context.schema.direction === 'export') &&
      !(rule.isMendedOnDelivery && context.purpose === 'delivery'),
  )
}

/** Severities by code that words give, the longest word that fits deciding. @throws {GatewayError} `USAGE` */
export function weighRules(
  rules: readonly Rule[],
  severities: Readonly<Record<string, Severity>>,
): ReadonlyMap<string, Severity> {
  const words = Object.keys(severities)
  selectRules(rules, { select: words })
  const found = new Map<string, Severity>()
  for (const rule of rules) {
    const [best] = words.filter((word) => fitsRule(word, rule)).sort((a, b) => weightOf(b, rule) - weightOf(a, rule))
    const severity = best === undefined ? undefined : severities[best]
    if (severity) found.set(rule.code, severity)
  }
  return found
}

/** Whether a word names a rule: by code, beginning of a code or name. */
export function fitsRule(word: string, rule: Rule): boolean {
  return weightOf(word, rule) > 0
}

function heaviest(words: readonly string[], rule: Rule): number {
  return Math.max(0, ...words.map((word) => weightOf(word, rule)))
}

/** Length of the beginning that fits, 4 for a whole code or a name, 0 for no fit. */
function weightOf(word: string, { code, name }: Rule): number {
  if (word === name) return code.length
  return word !== '' && code.startsWith(word.toUpperCase()) ? word.length : 0
}
