import { distance } from 'fastest-levenshtein'
import { GatewayError } from '../base/index.ts'
import type { Direction, SchemaDefinition } from './definition.ts'
import { listSchemas } from './list-schemas.ts'
import { normaliseHeader } from './normalise-header.ts'
import { openDefinition } from './open-definition.ts'
import { definitionFile } from './schema-files.ts'

const loaded = new Map<string, SchemaDefinition>()

/**
 * The definition of an object in one direction: read when first asked for, frozen and kept.
 *
 * @throws {GatewayError} `SCHEMA_UNKNOWN` with the nearest name as `suggestion`, and with `otherDirection` where the
 * object exists only there.
 * @throws {GatewayError} `SCHEMA_INVALID` with the file and the reason: it is damaged.
 */
export function loadSchema(object: string, direction: Direction): SchemaDefinition {
  const key = `${direction}/${object}`
  const known = loaded.get(key)
  if (known !== undefined) return known
  if (!listSchemas().some((summary) => summary.object === object && summary.direction === direction)) {
    throw unknownObject(object, direction)
  }
  const definition = openDefinition(definitionFile(object, direction))
  loaded.set(key, definition)
  return definition
}

/** The object name nearest to what was written, or `undefined` where nothing is near. */
export function suggestObject(object: string, direction: Direction): string | undefined {
  const wanted = normaliseHeader(object).replaceAll('-', '')
  let best: { readonly name: string; readonly steps: number } | undefined
  for (const summary of listSchemas()) {
    if (summary.direction !== direction) continue
    const steps = distance(wanted, summary.object.replaceAll('-', ''))
    if (best === undefined || steps < best.steps) best = { name: summary.object, steps }
  }
  // A third of the letters wrong is still a slip; more is another word.
  return best !== undefined && best.steps <= Math.max(2, wanted.length / 3) ? best.name : undefined
}

function unknownObject(object: string, direction: Direction): GatewayError {
  const other: Direction = direction === 'import' ? 'export' : 'import'
  const existsThere = listSchemas().some((summary) => summary.object === object && summary.direction === other)
  const suggestion = suggestObject(object, direction)
  return new GatewayError('SCHEMA_UNKNOWN', {
    object,
    direction,
    ...(existsThere ? { otherDirection: other } : {}),
    ...(suggestion === undefined || existsThere ? {} : { suggestion }),
  })
}
