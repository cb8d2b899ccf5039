import type { FixedRecord } from '../../src/lint/fixes/fixer.ts'
import { planFix } from '../../src/lint/fixes/plan-fix.ts'
import type { AcceptedMemory } from '../../src/lint/index.ts'
import { type Direction, loadSchema, parseRelease, selectSchema } from '../../src/schema/index.ts'

/** What was done to some bytes. */
export interface FixedBytes {
  readonly output: Buffer
  readonly text: string
  readonly applied: Readonly<Record<string, number>>
  readonly records: readonly FixedRecord[]
  readonly refused: string | undefined
}

/** How bytes are mended. Default: an import of users, safe repairs of all rules. */
export interface FixBytesOptions {
  readonly object?: string
  readonly direction?: Direction
  readonly allowsUnsafe?: boolean
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
  readonly memory?: AcceptedMemory
  /** Bytes of each piece in which the file is read. */
  readonly pieceBytes?: number
}

/** Mends a file that is held in memory. */
export async function fixBytes(file: string | Uint8Array, options: FixBytesOptions = {}): Promise<FixedBytes> {
  const { object = 'users', direction = 'import', allowsUnsafe = false, pieceBytes = 1 << 20 } = options
  const { select, ignore, memory } = options
  const bytes = Buffer.from(file)
  async function* open(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  const schema = selectSchema(loadSchema(object, direction), { release: parseRelease('2026'), customFields: [] })
  const plan = await planFix(open, {
    schema,
    today: new Date('2026-11-20T00:00:00Z'),
    allowsUnsafe,
    ...(select ? { select } : {}),
    ...(ignore ? { ignore } : {}),
    ...(memory ? { memory } : {}),
  })
  const records: FixedRecord[] = []
  const { applied, refused } = await plan.run(
    (record) => void records.push(record),
    async () => undefined,
  )
  const output = Buffer.concat(records.flatMap(({ after }) => after ?? []))
  return { output, text: output.toString('utf8'), applied, records, refused }
}
