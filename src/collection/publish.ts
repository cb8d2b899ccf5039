import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { flushFolder, moveWithoutReplacing, hashOfFile } from '../base/index.ts'
import { type FileRecord, writeFileStep } from '../ledger/index.ts'
import { type CollectionTools, type ExportFlow, FETCHING_FOLDER } from './flow.ts'
import { EXPORT_TABLE } from './states.ts'

/** Gives a fetched file its name in the target folder. */
export async function publish(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<FileRecord> {
  const fetching = join(flow.targetFolder, FETCHING_FOLDER)
  const path = await moveWithoutReplacing(join(fetching, file.id), flow.targetFolder, file.name, file.id)
  await flushFolder(fetching)
  return settle(tools, file, { state: 'published', facts: { path } })
}

/**
 * Finishes what a crash left: a file that was about to get its name gets it, what the ledger does not know is thrown
 * away. A file that is nowhere is held: whoever reads the folder may have taken it, or it may be lost.
 */
export async function resumePublishing(tools: CollectionTools, flow: ExportFlow): Promise<void> {
  const fetching = join(flow.targetFolder, FETCHING_FOLDER)
  await mkdir(fetching, { recursive: true })
  const lying = new Set(await readdir(fetching))
  const waiting = await tools.ledger.findFiles({ flow: flow.name, states: ['fetched'], limit: 100_000 })
  for (const file of waiting.toReversed()) {
    if (lying.delete(file.id)) {
      await publish(tools, flow, file)
      continue
    }
    const path = await findPublished(flow, file)
    if (path === undefined) await hold(tools, flow, file)
    else await settle(tools, file, { state: 'published', facts: { path } })
  }
  for (const name of lying) await rm(join(fetching, name), { force: true, recursive: true })
}

async function hold(tools: CollectionTools, flow: ExportFlow, file: FileRecord): Promise<void> {
  const reason = `flatgate was stopped while it published the file, which is not in ${flow.targetFolder} any more: see whether it was read from there; the server still has ${file.origin}`
  await settle(tools, file, { state: 'held', reason, facts: {} })
  tools.log.error('held, a person must look', { file: file.id, name: file.name, reason })
}

async function settle(
  tools: CollectionTools,
  file: FileRecord,
  change: {
    readonly state: 'published' | 'held'
    readonly reason?: string
    readonly facts: Readonly<Record<string, string>>
  },
): Promise<FileRecord> {
  const at = tools.clock.now()
  const { state, reason, facts } = change
  const told = reason === undefined ? {} : { reason }
  const settled = await tools.ledger.write((writer) =>
    writeFileStep(writer, EXPORT_TABLE, file, { at, change: { state, ...told }, facts }),
  )
  if (state === 'published') tools.log.info(state, { file: file.id, name: file.name, bytes: file.sizeBytes })
  return settled
}

/** The name that it had to take if its own was taken is looked at first: that one cannot be another's. */
async function findPublished(flow: ExportFlow, { id, name, sha256 }: FileRecord): Promise<string | undefined> {
  const extension = extname(name)
  for (const candidate of [`${basename(name, extension)}.${id}${extension}`, name]) {
    const path = join(flow.targetFolder, candidate)
    if ((await hashOfFile(path)) === sha256) return path
  }
  return undefined
}
