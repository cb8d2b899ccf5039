import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { GatewayError } from '../../base/index.ts'
import { type Config, CONFIG_SHAPE } from './config-shape.ts'

/** Name of the only configuration file. */
export const CONFIG_NAME = 'flatgate.yaml'

/** A configuration and where it came from. */
export interface LoadedConfig {
  readonly path: string
  /** Folder that relative paths start from. */
  readonly folder: string
  readonly config: Config
  /** Dotted paths that the file itself says; everything else is a default. */
  readonly said: ReadonlySet<string>
}

/** The configuration file of a folder or of the nearest one above it. */
export function findConfig(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, CONFIG_NAME)
    if (existsSync(path)) return path
    if (dirname(at) === at) return undefined
  }
}

/**
 * Reads and checks a configuration. Flows and custom fields are checked against the schemas elsewhere.
 *
 * @throws {GatewayError} `CONFIG_NOT_FOUND`
 * @throws {GatewayError} `CONFIG_INVALID` with file, line, path inside and reason, the first fault first.
 */
export function loadConfig(path: string): LoadedConfig {
  if (!existsSync(path)) throw new GatewayError('CONFIG_NOT_FOUND', { path })
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: true })
  const [broken] = document.errors
  if (broken) throw new GatewayError('CONFIG_INVALID', { path, reason: broken.message })
  const content: unknown = document.toJS() ?? {}
  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true)
      if (hasRange(node)) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const parsed = CONFIG_SHAPE.safeParse(content)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new GatewayError('CONFIG_INVALID', { path, ...describeIssue(issue, lineOf) })
  }
  refuseStraySecrets(path, content)
  return { path, folder: dirname(resolve(path)), config: parsed.data, said: new Set(pathsOf(content)) }
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

function describeIssue(
  issue: z.core.$ZodIssue | undefined,
  lineOf: (keys: readonly PropertyKey[]) => number,
): { line: number; place: string; reason: string } {
  if (issue === undefined) return { line: 1, place: '', reason: 'unknown' }
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  return { line: lineOf(keys), place: keys.map(String).join('.') || '(whole file)', reason: reasonOf(issue) }
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message
  const [key = ''] = issue.keys
  const known = knownKeysAt(issue.path)
  const near = known.length > 0 ? closest(key, known) : undefined
  const suggestion = near !== undefined && distance(key, near) <= 3 ? `; did you mean ${near}?` : ''
  return `there is no such setting${suggestion}`
}

/** Settings that exist at a path, read off the JSON Schema of the configuration. */
function knownKeysAt(path: readonly PropertyKey[]): string[] {
  let places: JsonSchema[] = [z.toJSONSchema(CONFIG_SHAPE, { io: 'input', unrepresentable: 'any' }) as JsonSchema]
  for (const key of path) {
    places = places.flatMap((place) => alternatives(place)).flatMap((place) => childOf(place, key))
  }
  return places.flatMap((place) => alternatives(place)).flatMap((place) => Object.keys(place.properties ?? {}))
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

function alternatives(place: JsonSchema): JsonSchema[] {
  return [place, ...(place.anyOf ?? []), ...(place.oneOf ?? [])]
}

function childOf(place: JsonSchema, key: PropertyKey): JsonSchema[] {
  const named = typeof key === 'string' ? place.properties?.[key] : undefined
  const other = typeof place.additionalProperties === 'object' ? place.additionalProperties : undefined
  return [named, other, typeof key === 'number' ? place.items : undefined].filter((child) => child !== undefined)
}

/** `${env:…}` anywhere else would be taken literally: say so instead. */
function refuseStraySecrets(path: string, content: unknown): void {
  for (const [place, value] of leavesOf(content)) {
    const isSecret = /^server\.(?:password|privateKey|passphrase)$/.test(place)
    if (!isSecret && typeof value === 'string' && /\$\{(?:env|file):/.test(value)) {
      throw new GatewayError('CONFIG_INVALID', {
        path,
        place,
        reason: '${env:…} and ${file:…} are for password, privateKey and passphrase only',
      })
    }
  }
}

function leavesOf(value: unknown, place = ''): [place: string, value: unknown][] {
  if (typeof value !== 'object' || value === null) return [[place, value]]
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, place === '' ? key : `${place}.${key}`))
}

function pathsOf(value: unknown): string[] {
  return leavesOf(value).map(([place]) => place)
}
