/** What a column holds for a value of a record: times as ISO 8601 in UTC, which sorts; whatever has parts as JSON. */
type Stored<V> = V extends Date ? string : V extends string | number ? V : string

type IsOptional<T, K extends keyof T> = Partial<Pick<T, K>> extends Pick<T, K> ? true : false

/** A record as a row: every column is there, and what is absent in the record is `null`. */
export type Row<T> = {
  readonly [K in keyof T]-?: Stored<Exclude<T[K], undefined>> | (IsOptional<T, K> extends true ? null : never)
}

/** What to change in a record. An optional field goes away when it is given as `undefined`. */
export type Change<T> = {
  readonly [K in keyof T]?: IsOptional<T, K> extends true ? T[K] | undefined : T[K]
}

/** How each field of a record is kept. */
export type ColumnKinds<T> = Readonly<Record<keyof T & string, 'plain' | 'time' | 'json'>>

/** Turns records into rows and back. */
export interface RowCodec<T> {
  readonly encode: (record: T) => Row<T>
  /** Only the columns that change. */
  readonly encodeChange: (change: Change<T>) => Partial<Row<T>>
  /** Absent fields stay absent; columns that the record does not have are left out. */
  readonly decode: (row: Row<T>) => T
}

/** A codec for records of one kind. Every field must be named, so that none is forgotten. */
export function createRowCodec<T extends object>(kinds: ColumnKinds<T>): RowCodec<T> {
  const columns = Object.keys(kinds) as (keyof T & string)[]

  function encodeChange(change: Change<T>): Partial<Row<T>> {
    const present = columns.filter((column) => column in change)
    return Object.fromEntries(present.map((column) => [column, encodeValue(change[column])])) as Partial<Row<T>>
  }

  return {
    encodeChange,
    encode: (record) =>
      Object.fromEntries(columns.map((column) => [column, encodeValue(record[column])])) as unknown as Row<T>,
    decode: (row) => {
      const record: Record<string, unknown> = {}
      for (const column of columns) {
        const value: unknown = row[column]
        if (value !== null) record[column] = decodeValue(value, kinds[column])
      }
      return record as T
    },
  }
}

function encodeValue(value: unknown): string | number | null {
  if (value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number') return value
  return value instanceof Date ? value.toISOString() : JSON.stringify(value)
}

function decodeValue(value: unknown, kind: 'plain' | 'time' | 'json'): unknown {
  if (kind === 'plain') return value
  return kind === 'time' ? new Date(String(value)) : JSON.parse(String(value))
}
