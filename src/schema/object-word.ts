import type { SchemaSummary } from './schema-summary.ts'

/**
 * A name of an object as folders, files and titles are compared: letters and digits only, in lower case, singular.
 *
 * @example
 * objectWord('Supplier_Items') === objectWord('SupplierItem')
 */
export function objectWord(text: string): string {
  const word = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')
  if (/[^e]ies$/.test(word)) return word.replace(/ies$/, 'y')
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.replace(/es$/, '')
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/** The words that name an object beside its own name: title and last part of Coupa's folder. */
export function wordsOf({ object, title, folder }: SchemaSummary): readonly string[] {
  const names = [object, title.replace(/\(.*\)/, ''), folder?.split('/').at(-1) ?? '']
  return names.map(objectWord).filter((word) => word !== '')
}
