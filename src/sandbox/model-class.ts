import type { SchemaDefinition } from '../schema/index.ts'

/**
 * Classes that differ from the name of the record type.
 *
 * Source: Coupa, Data File Sources API (`InvoiceHeader`); the other one is inferred from Coupa's document types.
 */
const OTHER_CLASSES: Readonly<Record<string, string>> = {
  invoices: 'InvoiceHeader',
  'account-types': 'AccountType',
}

/** The model class under which Coupa reports the loads of an object: `User`, `LookupValue`. */
export function modelClass({ object, records }: SchemaDefinition): string {
  return OTHER_CLASSES[object] ?? (records[0]?.name ?? object).replaceAll(/[^A-Za-z0-9]/g, '')
}
