/** One row's cells by the column's name in the schema. Blank cells are absent. */
export type Values = Readonly<Record<string, string>>

/** One record that the sandbox holds. */
export interface StoredRecord {
  readonly id: number
  readonly values: Values
  /** The rows below a header, where the object has such. */
  readonly lines?: readonly Values[]
}

/** The records of one record type. */
export interface RecordTable {
  /** The record that has the same values in all of `columns`; none where one of them is blank. */
  find(columns: readonly string[], values: Values): StoredRecord | undefined
  /** Adds a record, or replaces the one of the same id. */
  put(record: StoredRecord): void
  nextId(): number
  /** In the order of their ids. */
  records(): readonly StoredRecord[]
}

export function createRecordTable(stored: readonly StoredRecord[] = []): RecordTable {
  const byId = new Map(stored.map((record) => [record.id, record]))
  const indexes = new Map<string, Map<string, StoredRecord>>()
  let last = stored.reduce((most, { id }) => Math.max(most, id), 0)

  function indexOf(columns: readonly string[]): Map<string, StoredRecord> {
    const name = JSON.stringify(columns)
    let index = indexes.get(name)
    if (!index) {
      index = new Map()
      for (const record of byId.values()) enter(index, columns, record)
      indexes.set(name, index)
    }
    return index
  }

  return {
    find(columns, values) {
      const key = keyOf(columns, values)
      return key === undefined ? undefined : indexOf(columns).get(key)
    },
    put(record) {
      const older = byId.get(record.id)
      byId.set(record.id, record)
      last = Math.max(last, record.id)
      for (const [name, index] of indexes) {
        const columns = JSON.parse(name) as readonly string[]
        const key = older && keyOf(columns, older.values)
        if (key !== undefined) index.delete(key)
        enter(index, columns, record)
      }
    },
    nextId: () => last + 1,
    records: () => [...byId.values()],
  }
}

function enter(index: Map<string, StoredRecord>, columns: readonly string[], record: StoredRecord): void {
  const key = keyOf(columns, record.values)
  if (key !== undefined) index.set(key, record)
}

function keyOf(columns: readonly string[], values: Values): string | undefined {
  const cells = columns.map((column) => values[column] ?? '')
  return cells.includes('') ? undefined : JSON.stringify(cells)
}
