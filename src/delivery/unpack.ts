import { posix } from 'node:path'
import { GatewayError, isSafeName } from '../base/index.ts'
import { type FileRecord, writeNewFile } from '../ledger/index.ts'
import { DEFAULT_ZIP_LIMITS, readZip } from '../pack/index.ts'
import type { ContentStore, StoredContent } from './content-store.ts'
import type { DeliveryTools, ImportFlow } from './flow.ts'
import { settleJudged } from './judged.ts'
import { reportProgress } from './progress.ts'
import { refuseRepeat } from './recognise.ts'
import { FILE_TABLE } from './states.ts'

/** A file out of an archive. */
export interface Member {
  /** Last segment of `path`; two members may have the same. */
  readonly name: string
  /** As the archive spells it. */
  readonly path: string
  readonly content: StoredContent
}

/**
 * Stores every CSV of an archive, all of them or none, in the order of the archive.
 *
 * @throws {GatewayError} `ZIP_UNSAFE`, `ZIP_LIMIT`, `ZIP_DAMAGED`, `STORE_DAMAGED`
 */
export async function storeMembers(
  contents: ContentStore,
  archive: StoredContent,
): Promise<{ members: readonly Member[]; ignored: readonly string[] }> {
  // Read once to its end: what was stored is what is opened.
  for await (const _chunk of contents.read(archive.sha256));
  const zip = await readZip(contents.pathOf(archive.sha256), DEFAULT_ZIP_LIMITS)
  for (const entry of zip.entries) {
    if (!/\.csv$/i.test(entry.name) || !isSafeName(posix.basename(entry.name))) {
      throw new GatewayError('ZIP_UNSAFE', {
        entry: JSON.stringify(entry.name),
        reason: 'only .csv files are taken from a ZIP',
      })
    }
  }
  if (zip.entries.length === 0) throw new GatewayError('ZIP_UNSAFE', { reason: 'there is no .csv file in it' })
  const members: Member[] = []
  for (const { name: path } of zip.entries) {
    members.push({ name: posix.basename(path), path, content: await contents.put(zip.open(path)) })
  }
  return { members, ignored: zip.ignored }
}

/**
 * Opens a dropped archive: each CSV in it becomes a file of its own, all of them or none.
 *
 * @throws {GatewayError} `ZIP_UNSAFE`, `ZIP_LIMIT`, `ZIP_DAMAGED` nothing of it was taken over.
 */
export async function unpackFile(tools: DeliveryTools, flow: ImportFlow, file: FileRecord): Promise<FileRecord> {
  const { members, ignored } = await storeMembers(tools.contents, file)
  const verdict = {
    state: 'unpacked',
    reason: `${members.length} ${members.length === 1 ? 'file' : 'files'} in it`,
    facts: { members: members.length, ignored: ignored.join(', ') },
  } as const
  const { earlierId: _earlier, ...shared } = file
  const unpacked = await settleJudged(tools, file, verdict, async (writer, at) => {
    await refuseRepeat(writer, tools, flow, file)
    for (const { name, path, content } of members) {
      const id = tools.newId()
      const origin = `${file.origin}!${path}`
      const facts = { name, origin, archive: file.id, ...content }
      const state = 'accepted'
      const member = { ...shared, ...content, id, name, origin, state, parentId: file.id, updatedAt: at } as const
      await writeNewFile(writer, FILE_TABLE, member, { step: 'accepted', at, facts })
    }
  })
  await reportProgress(tools, flow, [file.id])
  return unpacked
}
