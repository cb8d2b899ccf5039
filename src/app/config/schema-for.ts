import {
  type CustomField,
  DEFAULT_RELEASE,
  type Direction,
  type FileSchema,
  loadSchema,
  parseRelease,
  selectSchema,
} from '../../schema/index.ts'
import type { Config, LintConfig } from './config-shape.ts'

/** What a configuration says of the Coupa instance that files are for. */
export interface InstanceConfig {
  readonly coupa: Pick<Config['coupa'], 'release' | 'customFields'>
  /** Absent where there is no configuration. */
  readonly lint?: LintConfig
}

/** Where there is no configuration: the newest release, no custom fields. */
export const PLAIN_INSTANCE: InstanceConfig = { coupa: { release: DEFAULT_RELEASE, customFields: {} } }

/**
 * The schema that a configuration gives an object: its release and its custom fields.
 *
 * @throws {GatewayError} `SCHEMA_UNKNOWN`, `RELEASE_UNKNOWN`
 */
export function schemaFor(
  { coupa }: InstanceConfig,
  object: string,
  direction: Direction,
  release = coupa.release,
): FileSchema {
  const customFields = (coupa.customFields[object] ?? []).map(({ length, allowed, record, ...field }): CustomField => ({
    ...field,
    ...(length === undefined ? {} : { length }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(record === undefined ? {} : { record }),
  }))
  return selectSchema(loadSchema(object, direction), { release: parseRelease(release), customFields })
}
