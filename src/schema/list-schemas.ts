import { readFileSync } from 'node:fs'
import { SCHEMAS_FOLDER } from './schema-files.ts'
import type { SchemaSummary } from './schema-summary.ts'

let summaries: readonly SchemaSummary[] | undefined

/**
 * All objects in both directions, imports first, each by name.
 *
 * Reads the generated `schemas/index.json` once; no definition is opened.
 */
export function listSchemas(): readonly SchemaSummary[] {
  summaries ??= Object.freeze(JSON.parse(readFileSync(`${SCHEMAS_FOLDER}index.json`, 'utf8')) as SchemaSummary[])
  return summaries
}
