import type { PathMatch } from './match-folder.ts'
import { objectWord, wordsOf } from './object-word.ts'
import type { SchemaSummary } from './schema-summary.ts'

/** Match `users_20260101_040000Z_0001`, ` (1)`, `-2026-01-31`; `_v2` must stay, for a name may end in letters. */
const TRAILING_NUMBERS = /(?:[\s._-]*(?:\(\d+\)|\d[\d\s._-]*(?:[TZ]\d*)?))+Z?$/
const EXTENSIONS = /(?:\.(?:csv|txt|zip|gz|pgp|gpg|asc))+$/i
/** Matches `SupplierItem_20260213_065727Z`, the way Coupa names exports; `supplier_items_20260213_065727Z` not. */
const EXPORT_STYLE = /^(?:[A-Z][a-z]+)+_\d{8}_\d{6}Z/

/** What the name of a file shows, when it is a file prefix or an object name followed by nothing but numbers. */
export function matchName(path: string, pool: readonly SchemaSummary[]): PathMatch | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? ''
  const stem = name.replace(EXTENSIONS, '')
  const bare = stem.replace(TRAILING_NUMBERS, '')
  const word = objectWord(bare)
  if (word === '') return undefined
  const found = pool.filter((summary) => objectWord(summary.filePrefix) === word || wordsOf(summary).includes(word))
  if (found.length === 0) return undefined
  const exports = EXPORT_STYLE.test(stem) ? found.filter(({ direction }) => direction === 'export') : []
  return { summaries: exports.length > 0 ? exports : found, isObject: true }
}
