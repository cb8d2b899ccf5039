import { closest, distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { CONFIG_SHAPE } from './config-shape.ts'

/** What is wrong with a configuration, and where. */
export interface ConfigFault {
  readonly line: number
  readonly place: string
  readonly reason: string
}

/** The first fault of a configuration in words. Names keys and expectations, never a value. */
export function describeIssue(
  issues: readonly z.core.$ZodIssue[],
  content: unknown,
  lineOf: (keys: readonly PropertyKey[]) => number,
): ConfigFault {
  // A misspelt name is the reason why the right one is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) return { line: 1, place: '(whole file)', reason: 'it is not valid' }
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  return { line: lineOf(keys), place: keys.map(String).join('.') || '(whole file)', reason: reasonOf(issue, content) }
}

/** What a setting may have to be, in words. */
const KIND: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of settings',
  record: 'a map',
}

function reasonOf(issue: z.core.$ZodIssue, content: unknown): string {
  // Issues inside a key of a map or a union carry the useful words one level down.
  if (issue.code === 'invalid_key' && issue.issues[0] !== undefined) return issue.issues[0].message
  if (issue.code === 'invalid_type' && issue.expected in KIND) {
    const kind = `must be ${KIND[issue.expected]}`
    return valueAt(issue.path, content) === undefined ? `is missing, and ${kind}` : kind
  }
  if (issue.code === 'too_big' && issue.origin === 'number' && issue.inclusive)
    return `must be at most ${issue.maximum}`
  if (issue.code === 'too_small' && issue.origin === 'number' && issue.inclusive)
    return `must be at least ${issue.minimum}`
  if (issue.code !== 'unrecognized_keys') return issue.message
  const [key = ''] = issue.keys
  const known = knownKeysAt(issue.path, content)
  const near = known.length > 0 ? closest(key, known) : undefined
  const isNear = near !== undefined && distance(key, near) <= Math.min(3, 1 + Math.floor(key.length / 3))
  return `there is no such setting${isNear ? `; did you mean ${near}?` : ` here; there are ${known.join(', ')}`}`
}

function valueAt(path: readonly PropertyKey[], content: unknown): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    content,
  )
}

/** Settings that exist at a path, read off the JSON Schema of the configuration. */
function knownKeysAt(path: readonly PropertyKey[], content: unknown): readonly string[] {
  let places: readonly Place[] = [z.toJSONSchema(CONFIG_SHAPE, { io: 'input', unrepresentable: 'any' }) as Place]
  let value = content
  for (const key of path) {
    const at = value
    places = places.flatMap((place) => alternatives(place, at)).flatMap((place) => childOf(place, key))
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined
  }
  const known = places.flatMap((place) => alternatives(place, value)).flatMap(({ properties }) => keysOf(properties))
  return [...new Set(known)].filter((key) => key !== '$schema')
}

interface Place {
  readonly properties?: Readonly<Record<string, Place>>
  readonly additionalProperties?: Place | boolean
  readonly items?: Place
  readonly anyOf?: readonly Place[]
  readonly oneOf?: readonly Place[]
  readonly const?: unknown
}

/** An import flow is not told of the settings of an export flow. */
function alternatives(place: Place, value: unknown): readonly Place[] {
  const direction = typeof value === 'object' && value !== null && 'direction' in value ? value.direction : 'import'
  return [place, ...(place.anyOf ?? []), ...(place.oneOf ?? [])].filter(({ properties }) => {
    const only = properties?.['direction']?.const
    return only === undefined || only === direction
  })
}

function childOf(place: Place, key: PropertyKey): readonly Place[] {
  const named = typeof key === 'string' ? place.properties?.[key] : undefined
  const other = typeof place.additionalProperties === 'object' ? place.additionalProperties : undefined
  return [named, other, typeof key === 'number' ? place.items : undefined].filter((child) => child !== undefined)
}

function keysOf(properties: Place['properties']): readonly string[] {
  return Object.keys(properties ?? {})
}
