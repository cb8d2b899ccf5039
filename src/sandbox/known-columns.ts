import { normaliseHeader, type RecordType, type SchemaDefinition } from '../schema/index.ts'

/** Which columns of a file's header an instance knows. */
export interface KnownColumns {
  /**
   * The names of the columns in the schema, or the first header that is not one of them. A name that the record type
   * has twice comes back as `Name` and `Name 2`.
   */
  resolve(headers: readonly string[]): { readonly names: readonly string[] } | { readonly unknown: string }
  /** How many headers are known. */
  countKnown(headers: readonly string[]): number
}

/** Columns of a record type in every release, and the custom fields of the instance. */
export function createKnownColumns(
  definition: SchemaDefinition,
  record: RecordType,
  customFields: readonly string[],
): KnownColumns {
  const known = new Map<string, string[]>()
  function add(header: string, name: string): void {
    const names = known.get(normaliseHeader(header))
    if (!names) known.set(normaliseHeader(header), [name])
    else if (!names.includes(name)) names.push(name)
  }
  // Where the documentation lists shared columns once, they hold in every record type.
  const others = record.isPartial ? definition.records.flatMap(({ columns }) => columns) : []
  const columns = [...record.columns, ...others].map((column) => ({
    ...column,
    key: column.occurrence ? `${column.name} ${column.occurrence}` : column.name,
  }))
  // Names first: a former name of one column may be the name of another.
  for (const { name, key } of columns) add(name, key)
  for (const { aliases = [], formerly = [], key } of columns) {
    for (const header of [...aliases, ...formerly]) add(header, key)
  }
  for (const field of customFields) add(field, field)

  return {
    resolve(headers) {
      const used = new Set<string>()
      const resolved: string[] = []
      for (const header of headers) {
        // A byte order mark counts as a blank elsewhere; Coupa asks for files without one.
        const names = header.startsWith('\uFEFF') ? undefined : known.get(normaliseHeader(header))
        const name = names?.find((one) => !used.has(one))
        if (name === undefined && !record.isPlaceholdersOnly) return { unknown: header }
        used.add(name ?? header)
        resolved.push(name ?? header)
      }
      return { names: resolved }
    },
    countKnown: (headers) => headers.filter((header) => known.has(normaliseHeader(header))).length,
  }
}
