import { readFileSync } from 'node:fs'
import { GatewayError } from '../base/index.ts'
import type { SchemaDefinition } from './definition.ts'
import { INBOUND_LIMITS } from './inbound-limits.ts'

/**
 * Reads a definition file of this package, frozen to the last column.
 *
 * It is not checked: `npm run gen` and the tests check every shipped file, and checking would cost each start more than
 * reading does.
 *
 * @throws {GatewayError} `SCHEMA_INVALID` the file is damaged: no JSON, or without record types.
 */
export function openDefinition(file: string): SchemaDefinition {
  const content = parseDefinition(file)
  if (!isDefinition(content))
    throw new GatewayError('SCHEMA_INVALID', { file, path: '', reason: 'is not a definition' })
  return deepFreeze({ ...content, limits: content.limits ?? INBOUND_LIMITS })
}

/** The JSON of a definition file. @throws {GatewayError} `SCHEMA_INVALID` */
export function parseDefinition(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GatewayError('SCHEMA_INVALID', { file, path: '', reason }, { cause })
  }
}

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

function isDefinition(content: unknown): content is Omit<SchemaDefinition, 'limits'> & Partial<SchemaDefinition> {
  return typeof content === 'object' && content !== null && 'records' in content && Array.isArray(content.records)
}
