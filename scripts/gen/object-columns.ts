import { listSchemas, loadSchema, type SchemaDefinition } from '../../src/schema/index.ts'

/** Where the types are. */
export const OBJECT_COLUMNS_FILE = 'src/library/object-columns.ts'

/** The column names of the files that go into Coupa, as a type: one line for each object. */
export function objectColumnsText(): string {
  const lines = listSchemas()
    .filter(({ direction }) => direction === 'import')
    .map(({ object }) => `  ${quoted(object)}: ${columnsOf(loadSchema(object, 'import')).map(quoted).join(' | ')}`)
  return `// Written by scripts/gen.ts from schemas/import. Do not edit.

/** Columns of the files that go into Coupa, by object; of all record types that stand together in one file. */
export interface ObjectColumns {
${lines.join('\n')}
}
`
}

/** Of every release, for a file may be of an older one; placeholders of custom fields have other names in real files. */
function columnsOf({ records }: SchemaDefinition): readonly string[] {
  const together = records.filter(({ isSeparateFile }) => isSeparateFile !== true)
  const named = together.flatMap(({ columns }) => columns).filter(({ isPlaceholder }) => isPlaceholder !== true)
  return [...new Set(named.map(({ name }) => name))]
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
