import { listSchemas, loadSchema } from '../schema/index.ts'
import type { IdentifiedInput } from './lint-identify.ts'

/**
 * Puts files in the order in which Coupa can load them: a file stands behind those that hold what it refers to, suppliers
 * before supplier items. Otherwise the order stays; files that refer to each other in a ring stay as they are, too.
 */
export function inLoadOrder<Input extends Pick<IdentifiedInput, 'object' | 'direction'>>(
  inputs: readonly Input[],
): readonly Input[] {
  const objects = new Set(inputs.map(({ object }) => object))
  if (objects.size < 2) return inputs
  const neededBy = new Map([...objects].map((object) => [object, needsOf(object, objects)]))
  const order: string[] = []
  const visit = (object: string, path: readonly string[]): void => {
    if (order.includes(object) || path.includes(object)) return
    for (const needed of neededBy.get(object) ?? []) visit(needed, [...path, object])
    order.push(object)
  }
  for (const object of objects) visit(object, [])
  return order.flatMap((object) => inputs.filter((input) => input.object === object))
}

/** Objects of a run that records of another one refer to. */
function needsOf(object: string, present: ReadonlySet<string>): readonly string[] {
  return [...present].filter((other) => other !== object && refersTo(object, other))
}

/** Whether records of an object refer to those of another one, or to each other. */
export function refersTo(object: string, other: string): boolean {
  const known = listSchemas().some((summary) => summary.object === object && summary.direction === 'import')
  if (!known) return false
  const { records } = loadSchema(object, 'import')
  return records.some(({ columns }) => columns.some(({ references }) => references?.object === other))
}
