import { nodeCrypto } from '../../base/index.ts'
import { createScanner } from '../../csv/index.ts'
import type { FileSchema, Key } from '../../schema/index.ts'
import { writeDay } from '../cells/calendar-day.ts'
import { isEndMark } from '../foreign.ts'
import { isKeyFilled, type KeyColumns, placeKey, recordOfKeys } from '../keys/key-columns.ts'
import { createLayout, type Layout } from '../layout.ts'
import { nameId } from '../names/name-id.ts'
import { inactivityOf } from '../names/own-names.ts'
import { findRateColumns, type RateColumns } from '../rates.ts'
import { createRowCursor } from '../row-cursor.ts'
import type { Header, Row } from '../rule.ts'
import { joinKey } from './joined-key.ts'

/** One key of a row that was taken. */
export interface AcceptedRowKey {
  /** What the key is of, as `nameId` calls it: `Login`. */
  readonly id: string
  /** Cells of several columns have U+001F between them. */
  readonly key: string
  /** The keys of the row that Coupa looks at before this one, by column. */
  readonly earlier?: Readonly<Record<string, string>>
}

/** What is to be remembered of a row that was taken. */
export interface AcceptedRow {
  readonly keys: readonly AcceptedRowKey[]
  /** 96 bits over the filled cells and the names of their columns, in whatever order these stand. */
  readonly hash: string
  readonly isInactive: boolean
  readonly rate?: { readonly from: string; readonly to: string; readonly day: string; readonly rate: string }
}

/** Reads the rows of a file that was taken, fed piece by piece. */
export interface AcceptedRowReader {
  write(chunk: Uint8Array): void
  /** @returns Data rows. */
  end(): number
}

type Hash = ReturnType<typeof nodeCrypto>['hash']

/** House: 96 bits; two of a thousand million states of one row never share them. */
const HASH_LETTERS = 16

/** How the rows of one header are remembered. */
interface Memorised {
  readonly keys: readonly { readonly id: string; readonly columns: KeyColumns; readonly earlier: readonly Earlier[] }[]
  /** Columns by name, for the hash. */
  readonly cells: readonly { readonly name: string; readonly index: number }[]
  readonly isInactive: (row: Row) => boolean
  readonly rates: RateColumns | undefined
}

interface Earlier {
  readonly name: string
  readonly index: number
}

/** Makes a reader for a file in Coupa's dialect, as `prepare` writes it. */
export function createAcceptedRowReader(schema: FileSchema, take: (row: AcceptedRow) => void): AcceptedRowReader {
  const { hash } = nodeCrypto()
  const cursor = createRowCursor()
  const memorised = new Map<Header, Memorised>()
  let layout: Layout | undefined
  let rows = 0
  const scanner = createScanner({
    fault: () => undefined,
    record(view) {
      if (isEndMark(view) || (view.fieldCount === 1 && view.isEmpty(0) && !view.isQuoted(0))) return
      layout ??= createLayout(schema, view)
      const placed = layout.place(view)
      if (typeof placed === 'string' || placed.isHeaderRow) return
      rows += 1
      const { header } = placed
      const row = cursor.moveTo(view, rows, header, false)
      if (row.shape !== 'sound') return
      const how = memorised.get(header) ?? memorise(header, schema)
      memorised.set(header, how)
      take(read(row, how, hash))
    },
  })
  return {
    write: (chunk) => scanner.write(chunk),
    end() {
      scanner.end()
      return rows
    },
  }
}

function memorise(header: Header, schema: FileSchema): Memorised {
  const cells = header.cells.flatMap(({ column, index }) =>
    column && header.indexOf(column.name) === index ? [{ name: column.name, index }] : [],
  )
  return {
    keys: keysOf(header, schema),
    cells: cells.sort((a, b) => (a.name < b.name ? -1 : 1)),
    isInactive: inactivityOf(header),
    rates: schema.object === 'exchange-rates' ? findRateColumns(header, { schema }) : undefined,
  }
}

/** The keys by which Coupa finds the record, and the attributes by which other objects name it. */
function keysOf(header: Header, schema: FileSchema): Memorised['keys'] {
  const { definition } = schema
  const { record } = header
  const own = recordOfKeys(schema) === record ? definition.keys : []
  const main = definition.records[0]?.name
  const attributes = Object.values(definition.attributes ?? {}).flatMap((attribute) =>
    (attribute.record ?? main) === record.name ? [[attribute.column]] : [],
  )
  const isOfCoupa = (name: string): boolean =>
    record.columns.find((column) => column.name === name)?.isAssignedByCoupa === true
  const all = new Map<string, Key>()
  for (const key of own) if (!key.every(isOfCoupa)) all.set(nameId(definition, record.name, key), key)
  for (const key of attributes) {
    const id = nameId(definition, record.name, key)
    if (!all.has(id)) all.set(id, key)
  }
  return [...all].flatMap(([id, key]) => {
    const columns = placeKey(key, header)
    if (!columns) return []
    const place = own.indexOf(key)
    const earlier = own.slice(0, Math.max(place, 0)).flatMap(([name = '', ...rest]) => {
      const index = header.indexOf(name)
      return rest.length > 0 || index === -1 || isOfCoupa(name) ? [] : [{ name, index }]
    })
    return [{ id, columns, earlier: key.length === 1 ? earlier : [] }]
  })
}

function read(row: Row, { keys, cells, isInactive, rates }: Memorised, hash: Hash): AcceptedRow {
  const filled = cells.flatMap(({ name, index }) => (row.view.isEmpty(index) ? [] : [name, row.text(index).trim()]))
  const rate = rates?.read(row)
  const isWhole = rate?.rate !== undefined && rate.day !== undefined
  return {
    keys: keys.flatMap(({ id, columns, earlier }) => {
      if (!isKeyFilled(columns, row)) return []
      const key = joinKey(columns.indexes.map((index) => (index === -1 ? '' : row.text(index))))
      const before = earlier.flatMap(({ name, index }) => {
        const text = row.view.isEmpty(index) ? '' : row.text(index).trim()
        return text === '' ? [] : [[name, text] as const]
      })
      return [{ id, key, ...(before.length > 0 ? { earlier: Object.fromEntries(before) } : {}) }]
    }),
    hash: hash('sha256', filled.join('\0'), 'base64url').slice(0, HASH_LETTERS),
    isInactive: isInactive(row),
    ...(rate && isWhole
      ? { rate: { from: rate.from, to: rate.to, day: writeDay(rate.day ?? 0), rate: String(rate.rate) } }
      : {}),
  }
}
