import { readdirSync } from 'node:fs'
import { readDefinition } from '../src/schema/read-definition.ts'
import { SCHEMAS_FOLDER } from '../src/schema/schema-files.ts'
import { type SchemaSummary, summarise } from '../src/schema/schema-summary.ts'

/** Where the text of {@link schemaIndexText} is kept. */
export const SCHEMA_INDEX_FILE = `${SCHEMAS_FOLDER}index.json`

/** The text of `schemas/index.json`: one line for each definition, imports first, each by name. */
export function schemaIndexText(): string {
  const summaries = (['import', 'export'] as const).flatMap((direction) =>
    readdirSync(`${SCHEMAS_FOLDER}${direction}`)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name): SchemaSummary => summarise(readDefinition(`${SCHEMAS_FOLDER}${direction}/${name}`))),
  )
  return `[\n${summaries.map((summary) => JSON.stringify(summary)).join(',\n')}\n]\n`
}
