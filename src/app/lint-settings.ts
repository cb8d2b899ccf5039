import { GatewayError, type Severity } from '../base/index.ts'
import { fitsRule, type LintOptions, RULES } from '../lint/index.ts'
import { listSchemas } from '../schema/index.ts'
import type { LintConfig } from './config/config-shape.ts'

/** What a command line says about rules. */
export interface LintChoice {
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
}

/** How files of an object are linted. */
export type ObjectLintOptions = Pick<LintOptions, 'select' | 'ignore' | 'severities' | 'notesUnusedIgnores'>

/**
 * How files of an object are linted: the `select` of the command line, else that of the object, else the general one;
 * everything that one of them ignores; the severities of the object over the general ones.
 */
export function lintOptionsFor(config: LintConfig | undefined, object: string, choice: LintChoice): ObjectLintOptions {
  const own = config?.objects[object]
  const select = choice.select ?? own?.select ?? config?.select
  const configured = [...(config?.ignore ?? []), ...(own?.ignore ?? [])]
  const severities: Record<string, Severity> = { ...config?.severities, ...own?.severities }
  return {
    ...(select === undefined ? {} : { select }),
    ignore: [...configured, ...(choice.ignore ?? [])],
    ...(Object.keys(severities).length === 0 ? {} : { severities }),
    // What a person has just typed is not stale; what stands in a file for years may be.
    notesUnusedIgnores: configured.length > 0,
  }
}

/** Refuses words that name no rule, and objects that there are not. @throws {GatewayError} `CONFIG_INVALID` */
export function checkLintConfig(config: LintConfig | undefined): void {
  if (config === undefined) return
  checkWords('lint', config)
  for (const [object, choice] of Object.entries(config.objects)) {
    if (!listSchemas().some((summary) => summary.object === object))
      throw new GatewayError('CONFIG_INVALID', { place: `lint.objects.${object}`, reason: 'there is no such object' })
    checkWords(`lint.objects.${object}`, choice)
  }
}

function checkWords(place: string, { select = [], ignore, severities }: LintConfig['objects'][string]): void {
  const lists = { select, ignore, severities: Object.keys(severities) }
  for (const [key, words] of Object.entries(lists)) {
    const unknown = words.find((word) => !RULES.some((rule) => fitsRule(word, rule)))
    if (unknown !== undefined)
      throw new GatewayError('CONFIG_INVALID', { place: `${place}.${key}`, reason: `no rule is called ${unknown}` })
  }
}

/** Words of the configuration that left nothing out in any of the files they are for, each with its place. */
export interface UnusedIgnores {
  /** Takes what the report of one file of an object says. */
  add(object: string, unused: readonly string[] | undefined): void
  list(): readonly string[]
}

/** Collects unused words of `ignore` over all files of a run. */
export function collectUnusedIgnores(config: LintConfig | undefined): UnusedIgnores {
  const states = new Map<string, boolean>()
  function note(place: string, words: readonly string[], unused: readonly string[]): void {
    for (const word of words) {
      const key = `${place}: ${word}`
      states.set(key, (states.get(key) ?? false) || !unused.includes(word))
    }
  }
  return {
    add(object, unused) {
      if (unused === undefined || config === undefined) return
      note('lint.ignore', config.ignore, unused)
      note(`lint.objects.${object}.ignore`, config.objects[object]?.ignore ?? [], unused)
    },
    list: () => [...states].filter(([, isUsed]) => !isUsed).map(([key]) => key),
  }
}
