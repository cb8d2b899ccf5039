/** Everything that a source gives. */
export async function collectAll<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of source) items.push(item)
  return items
}
