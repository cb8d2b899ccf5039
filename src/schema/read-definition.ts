import { readFileSync } from 'node:fs'
import { GatewayError } from '../base/index.ts'
import { findDefinitionFault } from './check-definition.ts'
import { definitionShape } from './definition-shape.ts'
import type { SchemaDefinition } from './definition.ts'

/**
 * Reads and checks one definition file; the result is frozen to the last column.
 *
 * @throws {GatewayError} `SCHEMA_INVALID` with the file, the path inside it and the reason.
 */
export function readDefinition(file: string): SchemaDefinition {
  const parsed = definitionShape.safeParse(parse(file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(file, issue?.path.join('.') ?? '', issue?.message ?? 'is not a definition')
  }
  const definition: SchemaDefinition = parsed.data
  const fault = findDefinitionFault(definition)
  if (fault !== undefined) throw invalid(file, fault.path, fault.reason)
  return deepFreeze(definition)
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new GatewayError('SCHEMA_INVALID', { file, path: '', reason: reasonOf(cause) }, { cause })
  }
}

function invalid(file: string, path: string, reason: string): GatewayError {
  return new GatewayError('SCHEMA_INVALID', { file, path, reason })
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
