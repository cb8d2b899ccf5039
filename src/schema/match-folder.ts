import type { Direction } from './definition.ts'
import { objectWord, wordsOf } from './object-word.ts'
import type { SchemaSummary } from './schema-summary.ts'

/** What a path shows. */
export interface PathMatch {
  readonly summaries: readonly SchemaSummary[]
  /** Whether the path names objects, or the direction only. */
  readonly isObject: boolean
}

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['inbound', 'import'],
  ['incoming', 'import'],
  ['outbound', 'export'],
  ['outgoing', 'export'],
])

/**
 * What the folders of a path show: `inbound/users/`, `/Incoming/Users/`, `/Archive/Incoming/Users/`.
 *
 * A folder that only has the name of an object shows nothing: `/home/projects/` holds no projects, `/Users/` no users.
 */
export function matchFolder(path: string, pool: readonly SchemaSummary[]): PathMatch | undefined {
  const folders = path.split(/[\\/]/).slice(0, -1)
  const at = folders.findLastIndex((folder) => DIRECTIONS.has(folder.toLowerCase()))
  if (at < 0) return undefined
  const direction = DIRECTIONS.get(folders[at]?.toLowerCase() ?? '')
  const inDirection = pool.filter((summary) => summary.direction === direction)
  const next = folders[at + 1]?.toLowerCase() === 'archive' ? folders[at + 2] : folders[at + 1]
  const named = next === undefined ? [] : namedBy(next, inDirection)
  return named.length > 0 ? { summaries: named, isObject: true } : { summaries: inDirection, isObject: false }
}

/** The objects of that very name, else those that a title or Coupa's folder calls so. */
function namedBy(folder: string, pool: readonly SchemaSummary[]): readonly SchemaSummary[] {
  const word = objectWord(folder)
  const exact = pool.filter(({ object }) => object === folder.toLowerCase())
  return exact.length > 0 ? exact : pool.filter((summary) => wordsOf(summary).includes(word))
}
