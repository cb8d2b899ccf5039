import { findNameFault, foldName } from './entry-name.ts'
import { zipFault } from './zip-fault.ts'

/**
 * Refuses names that are not safe by themselves or beside each other: doubled, different only by case or Unicode form,
 * or a file where another name needs a folder.
 *
 * @throws {GatewayError} `ZIP_UNSAFE` for the first one found.
 */
export function checkNames(names: readonly string[]): void {
  const seen = new Map<string, string>()
  const folders = new Set<string>()
  for (const name of names) {
    const fault = findNameFault(name)
    if (fault) throw zipFault('ZIP_UNSAFE', fault, name)
    const folded = foldName(name)
    const twin = seen.get(folded)
    if (twin !== undefined) throw zipFault('ZIP_UNSAFE', twin === name ? 'name-duplicate' : 'name-case-twin', name)
    seen.set(folded, name)
    for (let cut = folded.lastIndexOf('/'); cut > 0; cut = folded.lastIndexOf('/', cut - 1)) {
      const folder = folded.slice(0, cut)
      // The folders above it were added with it.
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  for (const [folded, name] of seen) {
    if (folders.has(folded)) throw zipFault('ZIP_UNSAFE', 'name-is-also-folder', name)
  }
}
