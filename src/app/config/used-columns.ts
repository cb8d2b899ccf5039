import { type Direction, type FileSchema, normaliseHeader } from '../../schema/index.ts'
import type { Config } from './config-shape.ts'
import { schemaFor } from './schema-for.ts'

/** The columns of an object that a configuration uses. */
export interface UsedColumns {
  readonly object: string
  readonly direction: Direction
  /** Flows that use it. */
  readonly flows: readonly string[]
  /** Whether a column is used, by its name in the schema. */
  readonly has: (column: string) => boolean
  /** Whether a flow takes files as they come, so that every column may be used. */
  readonly isWhole: boolean
}

/**
 * What the flows, mappings and custom fields of a configuration use. A flow with a mapping uses the columns that it
 * names; one without uses whatever the files have, so that every column counts.
 *
 * @throws {GatewayError} `SCHEMA_UNKNOWN`, `RELEASE_UNKNOWN`
 */
export function usedColumns(config: Config): readonly UsedColumns[] {
  const flows = Object.entries(config.flows).map(([name, flow]) => ({ name, flow }))
  const groups = Map.groupBy(flows, ({ flow }) => `${flow.direction} ${flow.object}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { object, direction } = first.flow
    const schema = schemaFor(config, object, direction)
    const maps = group.map(({ flow }) => (flow.direction === 'import' ? flow.map : undefined))
    const isWhole = maps.includes(undefined)
    const custom = (config.coupa.customFields[object] ?? []).map((field) => field.name)
    const targets = maps.flatMap((map) => Object.keys(map ?? {}))
    const names = new Set([...custom, ...targets].flatMap((name) => spellingsIn(schema, name)))
    const has = (column: string): boolean => isWhole || names.has(normaliseHeader(column))
    return [{ object, direction, flows: group.map(({ name }) => name), has, isWhole }]
  })
}

/** A header as it is written and as the schema calls it, normalised. */
function spellingsIn({ records }: FileSchema, name: string): readonly string[] {
  const columns = records.flatMap(({ findColumn }) => findColumn(name)?.name ?? [])
  return [name, ...columns].map(normaliseHeader)
}
