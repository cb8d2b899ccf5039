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

/** Looks for a part under its final name: in its folder, then in every spelling of the archive. Changes nothing. */
export async function locatePart(store: RemoteStore, flow: ImportFlow, part: PartRecord): Promise<Whereabouts> {
  const candidates = [
    { place: 'incoming' as const, path: part.remotePath },
    ...flow.archiveFolders.map((folder) => ({ place: 'archive' as const, path: `${folder}/${part.name}` })),
  ]
  // Twice, because the receiver may move the file between the look here and the look there.
  for (let look = 0; look < 2; look += 1) {
    for (const { place, path } of candidates) {
      const found = await statIfReachable(store, path)
      if (found === undefined) continue
      const evidence = `seen at ${path}, ${found.sizeBytes} bytes`
      return found.sizeBytes === part.sizeBytes ? { place, evidence } : { place: 'foreign', evidence }
    }
  }
  return { place: 'nowhere' }
}

/** An archive spelling that this server does not have, or does not show, holds nothing. */
async function statIfReachable(store: RemoteStore, path: string): ReturnType<RemoteStore['stat']> {
  try {
    return await store.stat(path)
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'TRANSFER_NOT_FOUND' || error.code === 'TRANSFER_DENIED')) {
      return undefined
    }
    throw error
  }
}
