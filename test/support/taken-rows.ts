import { type AcceptedMemory, createAcceptedMemory, createAcceptedRowReader } from '../../src/lint/index.ts'
import { loadSchema, selectSchema } from '../../src/schema/index.ts'

/** A memory of the rows of tables that were taken, each on its day, at midnight UTC. */
export function takenRows(
  ...files: readonly { readonly object: string; readonly day: string; readonly table: readonly (readonly string[])[] }[]
): AcceptedMemory {
  const memory = createAcceptedMemory()
  for (const { object, day, table } of files) {
    const takenAt = new Date(`${day}T00:00:00Z`)
    const reader = createAcceptedRowReader(selectSchema(loadSchema(object, 'import')), ({ keys, isInactive, rate }) => {
      for (const { id, ...key } of keys) memory.add(object, id, { ...key, isInactive, takenAt })
      if (rate) memory.addRate({ ...rate, rate: Number(rate.rate) })
    })
    const lines = table.map((cells) => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`)
    reader.write(Buffer.from(lines.join('')))
    reader.end()
  }
  return memory
}
