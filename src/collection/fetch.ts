import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { asGatewayError, flushFile, GatewayError } from '../base/index.ts'
import type { RemoteFile } from '../transfer/index.ts'
import { type CollectionTools, type ExportFlow, FETCHING_FOLDER } from './flow.ts'

/** A remote file, complete, on our disk under a temporary name. */
export interface Fetched {
  readonly id: string
  readonly path: string
  readonly sha256: string
  readonly sizeBytes: number
}

/**
 * Fetches one remote file to a temporary name and flushes it.
 *
 * @param id Of the file that it is to be; also its temporary name, which must be free.
 * @throws {GatewayError} `FILE_CHANGED` the remote file is another one now than when it was listed; nothing was kept.
 */
export async function fetchFile(
  tools: CollectionTools,
  flow: ExportFlow,
  remote: RemoteFile,
  id = tools.newId(),
): Promise<Fetched> {
  const folder = join(flow.targetFolder, FETCHING_FOLDER)
  await mkdir(folder, { recursive: true })
  const path = join(folder, id)
  const hash = createHash('sha256')
  let sizeBytes = 0
  const counting = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      done(null, chunk)
    },
  })
  try {
    const after = await tools.connection.use(async (store) => {
      await pipeline(store.read(remote.path), counting, createWriteStream(path, { flags: 'wx' }))
      return store.stat(remote.path)
    })
    const isSame =
      sizeBytes === remote.sizeBytes &&
      after?.sizeBytes === remote.sizeBytes &&
      after.modifiedAt?.getTime() === remote.modifiedAt?.getTime()
    if (!isSame)
      throw new GatewayError('FILE_CHANGED', {
        path: remote.path,
        listedBytes: remote.sizeBytes,
        fetchedBytes: sizeBytes,
      })
    await flushFile(path)
  } catch (error) {
    await rm(path, { force: true })
    throw asGatewayError(error, path)
  }
  return { id, path, sha256: hash.digest('hex'), sizeBytes }
}
