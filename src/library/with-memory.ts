import { Readable } from 'node:stream'
import { loadConfig, loadLinting } from '../app/index.ts'
import { type LintContext, neededMemory } from '../lint/index.ts'
import type { FileSchema } from '../schema/index.ts'
import { openBytes } from './open-bytes.ts'

/** The bytes of a file once more from the start, and what was taken before of what it names. */
export async function withMemory(
  source: string | AsyncIterable<Uint8Array>,
  schema: FileSchema,
  configPath: string | undefined,
): Promise<readonly [AsyncIterable<Uint8Array>, Pick<LintContext, 'memory' | 'rateJumpPercent'>]> {
  if (configPath === undefined) return [openBytes(source), {}]
  const [loaded, desk] = await Promise.all([loadConfig(configPath), loadLinting()])
  const memory = await desk.openLintMemory(loaded)
  const { rateJumpPercent } = loaded.config.lint
  if (memory === undefined || 'reason' in memory) return [openBytes(source), { rateJumpPercent }]
  try {
    const [head, bytes] = typeof source === 'string' ? [openBytes(source), openBytes(source)] : await splitHead(source)
    const recalled = await memory.recall(await neededMemory(head, schema))
    return [bytes, { rateJumpPercent, ...(recalled ? { memory: recalled } : {}) }]
  } finally {
    await memory.close()
  }
}

/** House: longer than the widest header of Coupa. */
const HEAD_BYTES = 64 * 1024

/** The first bytes of what can be read once only, and all of it. */
async function splitHead(
  source: AsyncIterable<Uint8Array>,
): Promise<readonly [AsyncIterable<Uint8Array>, AsyncIterable<Uint8Array>]> {
  const chunks = source[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  for (let bytes = 0; bytes < HEAD_BYTES; bytes += head.at(-1)?.byteLength ?? 0) {
    const next = await chunks.next()
    if (next.done === true) break
    // A copy: the next chunk may stand in the same memory.
    head.push(Uint8Array.from(next.value))
  }
  async function* all(): AsyncGenerator<Uint8Array, void> {
    yield* head
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
  }
  return [Readable.from(head), all()]
}
