import { createHash } from 'node:crypto'
import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { RemoteStore } from '../transfer/index.ts'
import type { ImportFlow } from './flow.ts'

/** Where a part was found on the server, with the sentence that proves it. */
export type Whereabouts =
  | { readonly place: 'incoming'; readonly evidence: string }
  | { readonly place: 'archive'; readonly evidence: string }
  | { readonly place: 'nowhere' }
  /** A file of that name, but not ours. */
  | { readonly place: 'foreign'; readonly evidence: string }

/** How a found file is told from another of the same name. */
export type Proof = 'size' | 'bytes'

/**
 * Looks for a part under its final name: in its folder, then in every spelling of the archive. Changes nothing.
 *
 * @param proof `bytes` reads what is found, as far as the server lets us; for places that the ledger cannot vouch for.
 */
export async function locatePart(
  store: RemoteStore,
  flow: ImportFlow,
  part: PartRecord,
  proof: Proof = 'size',
): Promise<Whereabouts> {
  const candidates = [
    { place: 'incoming' as const, path: part.remotePath },
    ...flow.archiveFolders.map((folder) => ({ place: 'archive' as const, path: `${folder}/${part.name}` })),
  ]
  // Twice, because the receiver may move the file between the look here and the look there.
  for (let look = 0; look < 2; look += 1) {
    for (const { place, path } of candidates) {
      const found = await examine(store, path, part, proof)
      if (found !== undefined)
        return found.isOurs ? { place, evidence: found.evidence } : { place: 'foreign', ...found }
    }
  }
  return { place: 'nowhere' }
}

async function examine(
  store: RemoteStore,
  path: string,
  part: PartRecord,
  proof: Proof,
): Promise<{ isOurs: boolean; evidence: string } | undefined> {
  try {
    const found = await store.stat(path)
    if (found === undefined) return undefined
    const evidence = `seen at ${path}, ${found.sizeBytes} bytes`
    if (found.sizeBytes !== part.sizeBytes) return { isOurs: false, evidence }
    if (proof === 'size') return { isOurs: true, evidence }
    const sha256 = await hashOfRemote(store, path)
    if (sha256 === undefined) return { isOurs: true, evidence }
    return { isOurs: sha256 === part.sha256, evidence: `${evidence}, SHA-256 ${sha256}` }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'FILE_UNSAFE') return { isOurs: false, evidence: `${path} is no regular file` }
    // An archive spelling that this server does not have or does not show holds nothing; a file may move away under us.
    if (error.code === 'TRANSFER_NOT_FOUND' || error.code === 'TRANSFER_DENIED') return undefined
    throw error
  }
}

/** SHA-256 of a remote file; `undefined` where the server takes files and gives none back. */
export async function hashOfRemote(store: RemoteStore, path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of store.read(path)) hash.update(chunk)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'TRANSFER_DENIED') return undefined
    throw error
  }
  return hash.digest('hex')
}
