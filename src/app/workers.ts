import { dirname } from 'node:path'
import type { Clock, IdMaker, Log } from '../base/index.ts'
import { createCollection } from '../collection/index.ts'
import { createContentStore, createDelivery, createDropFolder } from '../delivery/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Connection } from '../transfer/index.ts'
import type { ResolvedFlow } from './config/resolve-flows.ts'
import type { Worker } from './flow-worker.ts'

/** What the workers of one gateway share. */
export interface WorkerParts {
  readonly tools: {
    readonly ledger: Ledger
    readonly connection: Connection
    readonly clock: Clock
    readonly newId: IdMaker
    readonly log: Log
  }
  readonly flows: readonly ResolvedFlow[]
  readonly contentFolder: string
  readonly settleMs: number
  readonly minFreeBytes: number
}

/** One worker for each flow. What a drop folder saw is remembered from pass to pass. */
export function createWorkers(parts: WorkerParts): readonly Worker[] {
  const { tools, flows, contentFolder, settleMs, minFreeBytes } = parts
  const contents = createContentStore(contentFolder, tools.newId)
  // The store is made with the first content; the folder around it holds the ledger and is there.
  const space = { folder: dirname(contentFolder), minFreeBytes }
  return flows.map(({ kind, flow, timing }): Worker => {
    const { name } = flow
    if (kind === 'export') {
      return { kind, name, timing, collection: (signal) => createCollection({ ...tools, signal, minFreeBytes }, flow) }
    }
    const dropFolder = createDropFolder(flow.dropFolder, settleMs, tools.clock)
    return {
      kind,
      name,
      timing,
      delivery: (signal) => createDelivery({ ...tools, contents, space, signal }, flow, dropFolder),
    }
  })
}
