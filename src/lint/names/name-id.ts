import type { Key, RecordType, SchemaDefinition } from '../../schema/index.ts'

/** What a list of names is of: `Login`, `Name + City`; `Lookup: Name` in another record type than the first. */
export function nameId({ records }: Pick<SchemaDefinition, 'records'>, record: RecordType['name'], key: Key): string {
  const columns = key.join(' + ')
  return records[0]?.name === record ? columns : `${record}: ${columns}`
}
