/** One value of a configuration that holds no others. */
export interface Leaf {
  readonly keys: readonly string[]
  /** The keys with dots between. */
  readonly place: string
  readonly value: unknown
}

/** The values of a nested object, in order. An empty object or list is a value of its own. */
export function leavesOf(value: unknown, keys: readonly string[] = []): readonly Leaf[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (entries.length === 0) return [{ keys, place: keys.join('.'), value }]
  return entries.flatMap(([key, child]) => leavesOf(child, [...keys, key]))
}
