import { GatewayError } from '../../base/index.ts'
import { checkLintConfig } from '../lint-settings.ts'
import type { LoadedConfig } from './load-config.ts'
import { type ConfigRemark, remarksOf } from './remarks.ts'
import { resolveFlows } from './resolve-flows.ts'

/** A configuration that is valid. */
export interface ValidConfig {
  /** Names of the flows. */
  readonly flows: readonly string[]
  readonly remarks: readonly ConfigRemark[]
}

/**
 * Checks all of a configuration that can be checked without asking anybody: flows against the schemas, words for rules
 * against the rules.
 *
 * @throws {GatewayError} As `resolveFlows` does.
 */
export function validateConfig(loaded: LoadedConfig): ValidConfig {
  const { path, config } = loaded
  const flows = resolveFlows(loaded).map(({ flow }) => flow.name)
  try {
    checkLintConfig(config.lint)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    throw new GatewayError(cause.code, { path, ...cause.details }, { cause })
  }
  return { flows, remarks: remarksOf(config) }
}
