import {
  type CustomField,
  type Direction,
  type FileSchema,
  loadSchema,
  parseRelease,
  selectSchema,
} from '../schema/index.ts'

/** Which format is meant. */
export interface ObjectChoice {
  /** `users`; `flatgate schema list` names them all. */
  readonly object: string
  /** `import` when absent. */
  readonly direction?: Direction
  /** `R35`; `2026` when absent. */
  readonly release?: string
  /** Columns of your instance beside the standard ones. */
  readonly customFields?: readonly CustomField[]
}

/** The schema of a choice. @throws {GatewayError} `SCHEMA_UNKNOWN`, `RELEASE_UNKNOWN` */
export function schemaOf({
  object,
  direction = 'import',
  release = '2026',
  customFields = [],
}: ObjectChoice): FileSchema {
  return selectSchema(loadSchema(object, direction), { release: parseRelease(release), customFields })
}
