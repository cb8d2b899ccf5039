import { chmod, type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { asGatewayError, type Clock, flushFolder, GatewayError } from '../base/index.ts'
import { type FixedRecord, type FixPlan, type FixSum, loadFixes, neededMemory } from '../lint/index.ts'
import { backUp } from './back-up.ts'
import type { InstanceConfig } from './config/schema-for.ts'
import type { IdentifiedSchema } from './lint-run.ts'
import type { Recall } from './lint-memory.ts'
import { type LintChoice, lintOptionsFor } from './lint-settings.ts'

/** Where a mended file goes: a new file, or the place of the old one, which is kept with `.bak` at its end. */
export type FixTarget =
  | { readonly kind: 'new'; readonly path: string }
  | { readonly kind: 'in-place'; readonly path: string }

/** What to mend and how. */
export interface FixRequest extends LintChoice {
  /** Must be one that can be opened several times. */
  readonly linted: IdentifiedSchema
  readonly config: InstanceConfig
  readonly clock: Pick<Clock, 'now'>
  readonly allowsUnsafe: boolean
  /** Fills the memory of what was taken before. */
  readonly recall?: Recall
}

/** What was written. */
export interface FixedFiles extends FixSum {
  /** In load order; empty where there was nothing to mend. More than one where the file was too long. */
  readonly paths: readonly string[]
  /** The old file, where its place was taken. */
  readonly backup?: string
}

/**
 * Mends a file of any size in constant memory. Readers see nothing of the new file until it is whole.
 *
 * @throws {GatewayError} `FILE_CHANGED` the file changed meanwhile, nothing was written; `DISK_FULL`, `FILE_UNREADABLE`,
 *   `CSV_MALFORMED`, `USAGE`
 */
export async function fixFile(request: FixRequest, target: FixTarget): Promise<FixedFiles> {
  const { limits } = request.linted.schema.definition
  const { diskPath } = request.linted.input
  // Before the first look: what is written rests on several looks at the same bytes.
  const before = diskPath === undefined ? undefined : await stat(diskPath)
  const { createPartSplitter } = await loadFixes()
  const plan = await planOf(request)
  const drafts = createDrafts(target.path)
  try {
    const splitter = createPartSplitter(limits, plan.repairs, (part, bytes) => drafts.write(part, bytes))
    let isChanged = false
    const take = (record: FixedRecord): void => {
      isChanged ||= record.after !== record.before && !record.after?.equals(record.before)
      splitter.take(record)
    }
    const sum = await plan.run(take, () => drafts.drain())
    splitter.end()
    const parts = await drafts.close()
    const applied = plan.repairs.applied
    if (sum.refused !== undefined || !(isChanged || sum.conversions.length > 0 || parts.length > 1)) {
      await drafts.discard()
      return { ...sum, paths: [] }
    }
    if (diskPath !== undefined && before) await refuseChanged(diskPath, before)
    if (target.kind === 'new') return { ...sum, applied, paths: await publish(parts, target.path) }
    if (before) for (const part of parts) await chmod(part, before.mode)
    const backup = await backUp(target.path, parts.length === 1)
    return { ...sum, applied, paths: await publish(parts, target.path), backup }
  } catch (cause) {
    await drafts.discard()
    throw asGatewayError(cause, target.path)
  }
}

/** Shows as a unified diff what mending would change, and writes nothing. @returns Whether it would change anything. */
export async function diffFile(
  request: FixRequest,
  write: (text: string) => void,
): Promise<FixSum & { readonly isChanged: boolean }> {
  const { createDiffWriter } = await loadFixes()
  const plan = await planOf(request)
  const { shownPath } = request.linted.input
  let isChanged = false
  const writer = createDiffWriter({ before: shownPath, after: fixedName(shownPath) }, (text) => {
    isChanged = true
    write(text)
  })
  const sum = await plan.run(
    (record) => writer.take(record),
    async () => undefined,
  )
  writer.end()
  return { ...sum, isChanged: isChanged || sum.conversions.length > 0 }
}

/** `users.csv` as `users.fixed.csv`. */
export function fixedName(path: string): string {
  const extension = extname(path)
  return `${path.slice(0, path.length - extension.length)}.fixed${extension}`
}

async function planOf({ linted, config, clock, allowsUnsafe, recall, ...choice }: FixRequest): Promise<FixPlan> {
  const { input, schema } = linted
  const { select, ignore } = lintOptionsFor(config.lint, schema.object, choice)
  const memory = await recall?.(await neededMemory(input.open(), schema))
  const { planFix } = await loadFixes()
  return planFix(() => input.open(), {
    schema,
    today: clock.now(),
    allowsUnsafe,
    ...(memory === undefined ? {} : { memory }),
    ...(select === undefined ? {} : { select }),
    ...(ignore === undefined ? {} : { ignore }),
  })
}

interface Drafts {
  /** Takes a copy of bytes of a part, numbered from 1, one part after the other. */
  write(part: number, bytes: Buffer): void
  drain(): Promise<void>
  /** @returns Paths of the drafts, in order; they are flushed. */
  close(): Promise<readonly string[]>
  discard(): Promise<void>
}

/** House: so many bytes of a draft wait until a piece of the file has been read. */
const WRITE_BYTES = 256 * 1024

/** Bytes of one part. They are copied together at once: a list of small buffers is what makes the heap grow. */
interface Waiting {
  readonly part: number
  bytes: Buffer
  size: number
}

function createDrafts(target: string): Drafts {
  const paths: string[] = []
  let file: FileHandle | undefined
  const waiting: Waiting[] = []
  /** Memory of parts that were written, for those that come. */
  let spare: Buffer | undefined

  async function finish(): Promise<void> {
    if (!file) return
    await file.sync()
    await file.close()
    file = undefined
  }

  async function put(part: number, bytes: Uint8Array): Promise<void> {
    if (part > paths.length) {
      await finish()
      const path = `${target}.${part}.draft`
      paths.push(path)
      file = await open(path, 'w')
    }
    await file?.writeFile(bytes)
  }

  async function drain(atLeast: number): Promise<void> {
    if (waiting.reduce((sum, { size }) => sum + size, 0) < atLeast) return
    for (const { part, bytes, size } of waiting) {
      await put(part, bytes.subarray(0, size))
      spare = bytes
    }
    waiting.length = 0
  }

  function roomFor(part: number, more: number): Waiting {
    let last = waiting.at(-1)
    if (last?.part !== part) {
      last = { part, bytes: spare ?? Buffer.allocUnsafeSlow(WRITE_BYTES * 2), size: 0 }
      spare = undefined
      waiting.push(last)
    }
    if (last.size + more > last.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(last.bytes.length * 2, last.size + more))
      larger.set(last.bytes.subarray(0, last.size))
      last.bytes = larger
    }
    return last
  }

  return {
    write(part, bytes) {
      const room = roomFor(part, bytes.length)
      room.bytes.set(bytes, room.size)
      room.size += bytes.length
    },
    drain: () => drain(WRITE_BYTES),
    async close() {
      await drain(0)
      await finish()
      return paths
    },
    async discard() {
      waiting.length = 0
      await file?.close()
      file = undefined
      for (const path of paths) await rm(path, { force: true })
    },
  }
}

/** Gives drafts their names: the target's, or `_1`, `_2` before its extension. */
async function publish(drafts: readonly string[], target: string): Promise<readonly string[]> {
  const extension = extname(target)
  const stem = target.slice(0, target.length - extension.length)
  const paths: string[] = []
  for (const [index, draft] of drafts.entries()) {
    const path = drafts.length === 1 ? target : `${stem}_${index + 1}${extension}`
    await rename(draft, path)
    paths.push(path)
  }
  await flushFolder(dirname(target))
  return paths
}

async function refuseChanged(path: string, before: { readonly size: number; readonly mtimeMs: number }): Promise<void> {
  const now = await stat(path)
  if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) throw new GatewayError('FILE_CHANGED', { path })
}
