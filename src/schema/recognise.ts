import type { Direction } from './definition.ts'
import { listSchemas } from './list-schemas.ts'
import { matchFolder } from './match-folder.ts'
import { matchHeader } from './match-header.ts'
import { matchName } from './match-name.ts'
import type { SchemaSummary } from './schema-summary.ts'

/** What is known of a file before it is read as anything. */
export interface Recognisable {
  /** With or without folders; not opened. */
  readonly path?: string
  /** Cells of the first record. */
  readonly header?: readonly string[]
  readonly direction?: Direction
}

/** An object in one direction. */
export interface Candidate {
  readonly object: string
  readonly direction: Direction
}

/** What a file was taken for. `several`: the evidence fits more than one object, best first; nobody guesses. */
export type Recognition =
  | (Candidate & { readonly kind: 'one'; readonly by: 'folder' | 'name' | 'header' })
  | { readonly kind: 'several'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none' }

/**
 * Takes a file for an object by its folder, else its name, else its header; each narrows what the one before left.
 *
 * Where only the direction is open and nothing tells it, the file is taken for an import: exports come with a folder,
 * a name or a header of their own.
 */
export function recognise({ path, header, direction }: Recognisable): Recognition {
  let pool: readonly SchemaSummary[] = listSchemas().filter(
    (summary) => direction === undefined || summary.direction === direction,
  )
  let isNarrowed = false
  for (const [by, match] of [
    ['folder', matchFolder],
    ['name', matchName],
  ] as const) {
    const found = path === undefined ? undefined : match(path, pool)
    if (found === undefined) continue
    pool = found.summaries
    isNarrowed ||= found.isObject
    const [only] = pool
    if (found.isObject && only !== undefined && pool.length === 1) return one(only, by)
  }
  const fits = header === undefined ? [] : matchHeader(header, pool)
  if (fits.length > 0) return settle(fits, isNarrowed ? 'name' : 'header')
  return isNarrowed ? settle(pool, 'name') : { kind: 'none' }
}

function settle(summaries: readonly SchemaSummary[], by: 'name' | 'header'): Recognition {
  const [first] = summaries
  if (first === undefined) return { kind: 'none' }
  if (summaries.length === 1) return one(first, by)
  const isOneObject = summaries.every(({ object }) => object === first.object)
  const inbound = summaries.find((summary) => summary.direction === 'import')
  if (isOneObject && inbound !== undefined) return one(inbound, by)
  return { kind: 'several', candidates: summaries.map(({ object, direction }) => ({ object, direction })) }
}

function one({ object, direction }: SchemaSummary, by: 'folder' | 'name' | 'header'): Recognition {
  return { kind: 'one', object, direction, by }
}
