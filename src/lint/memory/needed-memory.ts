import { type FileSchema, loadSchema } from '../../schema/index.ts'
import type { LintReport } from '../lint-report.ts'
import { createLinter } from '../linter.ts'
import { isKeyPlaced, recordOfKeys } from '../keys/key-columns.ts'
import { nameId } from '../names/name-id.ts'

/** What must be in the memory before a file is linted. */
export interface NeededMemory {
  readonly lists: readonly { readonly object: string; readonly id: string }[]
  /** Whether the newest exchange rates are asked for. */
  readonly hasRates: boolean
}

/** House: the widest header of Coupa, some 300 columns, is far shorter. */
const HEAD_BYTES = 64 * 1024

/**
 * Tells by the head of a file which keys its rules will ask for: its own, and those of the objects that its columns
 * name. Files that are not text in Coupa's dialect need none.
 */
export async function neededMemory(source: AsyncIterable<Uint8Array>, schema: FileSchema): Promise<NeededMemory> {
  if (schema.direction !== 'import') return { lists: [], hasRates: false }
  const { headers } = await readHead(source, schema)
  const lists = new Map<string, { readonly object: string; readonly id: string }>()
  const need = (object: string, id: string): void => void lists.set(`${object}\n${id}`, { object, id })
  for (const { record: name, cells } of headers) {
    const record = schema.records.find((one) => one.name === name)
    const present = new Set(cells.map(({ column }) => column))
    if (record !== undefined && record === recordOfKeys(schema)) {
      for (const key of schema.definition.keys) {
        if (isKeyPlaced(key, (column) => present.has(column))) need(schema.object, nameId(schema.definition, name, key))
      }
    }
    for (const column of record?.columns ?? []) {
      const { object = '', by = '' } = column.references ?? {}
      if (!present.has(column.name) || by === '' || !/^[a-z]/.test(object)) continue
      const other = loadSchema(object, 'import')
      const attribute = other.attributes?.[by]
      const of = attribute?.record ?? other.records[0]?.name
      if (attribute && of !== undefined) need(object, nameId(other, of, [attribute.column]))
    }
  }
  return { lists: [...lists.values()], hasRates: schema.object === 'exchange-rates' }
}

async function readHead(source: AsyncIterable<Uint8Array>, schema: FileSchema): Promise<Pick<LintReport, 'headers'>> {
  const linter = createLinter(
    { schema, fileName: undefined, purpose: 'upload', today: new Date(0) },
    { rules: [], maxFindings: 0 },
  )
  let bytes = 0
  for await (const chunk of source) {
    linter.write(chunk)
    bytes += chunk.byteLength
    if (bytes >= HEAD_BYTES) break
  }
  return linter.end()
}
