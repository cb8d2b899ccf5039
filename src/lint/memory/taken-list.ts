import { recordOfKeys } from '../keys/key-columns.ts'
import { nameId } from '../names/name-id.ts'
import type { NameList } from '../names/name-list.ts'
import type { Header, LintContext } from '../rule.ts'

/** The keys of a column that were taken, where the column is a key by itself; `undefined`: none is remembered. */
export function takenListOf(
  header: Header,
  index: number,
  { schema, memory }: Pick<LintContext, 'schema' | 'memory'>,
): NameList | undefined {
  const name = header.cells[index]?.column?.name
  if (!memory || name === undefined || header.record !== recordOfKeys(schema)) return undefined
  const { definition, object } = schema
  const isKey = definition.keys.some((key) => key.length === 1 && key[0] === name)
  return isKey ? memory.find(object, nameId(definition, header.record.name, [name])) : undefined
}
