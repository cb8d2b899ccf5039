import type { Direction } from './definition.ts'
import { wordsOf } from './object-word.ts'
import type { SchemaSummary } from './schema-summary.ts'

/** The folder of an object on a server. */
export interface MatchedFolder {
  readonly object: string
  readonly direction: Direction
  /** As the server spells it; several where none is nearer than the others, and nobody guesses. */
  readonly folders: readonly string[]
  /** Whether a folder is spelled as Coupa documents it. */
  readonly isAsDocumented: boolean
}

/**
 * The folders of a server that belong to objects. Objects without a fitting folder are left out.
 *
 * Instances of Coupa spell folders in the singular or in the plural, in other cases and with doubled letters
 * (`Commodity` and `Commodities`, `RemitToAddressess`). The path that is documented wins, then its spelling in another
 * case, then a name that only sounds alike, then a title or name of the object.
 *
 * @param folders Whole paths of folders for one direction.
 */
export function matchFolders(folders: readonly string[], schemas: readonly SchemaSummary[]): readonly MatchedFolder[] {
  return schemas.flatMap((summary): readonly MatchedFolder[] => {
    const ranked = folders
      .map((folder) => ({ folder, rank: rankOf(folder, summary) }))
      .filter(({ rank }) => rank < NO_RANK)
    if (ranked.length === 0) return []
    const best = Math.min(...ranked.map(({ rank }) => rank))
    const { object, direction } = summary
    const nearest = ranked.filter(({ rank }) => rank === best).map(({ folder }) => folder)
    return [{ object, direction, folders: nearest, isAsDocumented: best === 0 }]
  })
}

const NO_RANK = 4

/** How near a folder is to an object: 0 its documented path, {@link NO_RANK} something else. */
function rankOf(path: string, summary: SchemaSummary): number {
  const { folder } = summary
  const name = lastPart(path)
  if (folder !== undefined) {
    if (path === folder) return 0
    if (name.toLowerCase() === lastPart(folder).toLowerCase()) return 1
    if (soundsAlike(name, lastPart(folder))) return 2
  }
  return wordsOf(summary).some((word) => soundsAlike(name, word)) ? NO_RANK - 1 : NO_RANK
}

function lastPart(path: string): string {
  return path.split('/').at(-1) ?? ''
}

/** Whether two names are one word in singular and plural, letters doubled or not. */
export function soundsAlike(one: string, other: string): boolean {
  const stems = stemsOf(other)
  return [...stemsOf(one)].some((stem) => stems.has(stem))
}

/** A word without its plural, in every way in which it may be one. */
function stemsOf(text: string): ReadonlySet<string> {
  const word = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '')
    .replaceAll(/(.)\1+/g, '$1')
  const stems = [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')]
  return new Set(stems.filter((stem) => stem !== ''))
}
