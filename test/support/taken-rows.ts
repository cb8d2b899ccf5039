import {
  type AcceptedMemory,
  createAcceptedMemory,
  createAcceptedRowReader,
  type MemoryLimits,
} from '../../src/lint/index.ts'
import { loadSchema, selectSchema } from '../../src/schema/index.ts'

/** Rows of one object that were taken on a day. */
export interface TakenTable {
  readonly object: string
  readonly day: string
  readonly table: readonly (readonly string[])[]
}

/** A memory of the rows of tables that were taken, each on its day, at midnight UTC. */
export function takenRows(...files: readonly TakenTable[]): AcceptedMemory {
  return takenWithin({}, ...files)
}

/** As {@link takenRows}, in a memory that holds no more than it is told. */
export function takenWithin(limits: MemoryLimits, ...files: readonly TakenTable[]): AcceptedMemory {
  const memory = createAcceptedMemory(limits)
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
