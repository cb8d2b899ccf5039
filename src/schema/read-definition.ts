import { GatewayError } from '../base/index.ts'
import { findDefinitionFault } from './check-definition.ts'
import { definitionShape } from './definition-shape.ts'
import type { SchemaDefinition } from './definition.ts'
import { deepFreeze, parseDefinition } from './open-definition.ts'

/**
 * Reads one definition file and checks every word of it; the result is frozen to the last column. For those who write
 * definitions: the tests and the generated index go through it, so that a shipped file need not be checked again.
 *
 * @throws {GatewayError} `SCHEMA_INVALID` with the file, the path inside it and the reason.
 */
export function readDefinition(file: string): SchemaDefinition {
  const parsed = definitionShape.safeParse(parseDefinition(file))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(file, issue?.path.join('.') ?? '', issue?.message ?? 'is not a definition')
  }
  const definition: SchemaDefinition = parsed.data
  const fault = findDefinitionFault(definition)
  if (fault !== undefined) throw invalid(file, fault.path, fault.reason)
  return deepFreeze(definition)
}

function invalid(file: string, path: string, reason: string): GatewayError {
  return new GatewayError('SCHEMA_INVALID', { file, path, reason })
}
