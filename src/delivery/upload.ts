import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { RemoteFile, RemoteStore } from '../transfer/index.ts'
import type { DeliveryTools } from './flow.ts'
import type { Staging } from './staging.ts'

/**
 * An upload under way. It ends before the final name is given, and waits there for its turn: many bring their bytes side
 * by side, and get their names in order.
 */
export interface Upload {
  /** The bytes lie under the staging name, were compared and are those that were prepared. */
  isStaged(): boolean
  /** Resolves when it is staged or has failed; never rejects. */
  readonly settled: Promise<void>
  /**
   * Lets the final name be given; for an upload that has failed, tells why.
   *
   * @throws {GatewayError} As `RemoteStore.publish`; `STORE_DAMAGED` the bytes of the store are not those of the part.
   */
  giveName(): Promise<RemoteFile>
  /** Ends it before the name is given, and resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

/** Begins to upload a part. The caller has written down that it does. */
export function beginUpload(tools: DeliveryTools, part: PartRecord, { last, next }: Staging): Upload {
  const turn = Promise.withResolvers<'name' | 'stop'>()
  const staged = Promise.withResolvers<void>()
  let isStaged = false

  const outcome = tools.connection.use((store) =>
    // At once, and nothing before it: a store takes so many uploads at a time, in the order in which they are asked for,
    // and those that wait for their turn keep their places.
    store.publish(part.remotePath, withoutLeftOver(store, last, tools.contents.read(part.sha256)), {
      stagingPath: next,
      sizeBytes: part.sizeBytes,
      beforeRename: async () => {
        // All of the content was read, so the store has compared its hash: what was prepared is what was sent.
        isStaged = true
        staged.resolve()
        if ((await turn.promise) === 'stop') throw new GatewayError('STOPPED', { part: part.name })
      },
    }),
  )
  // A failure is told by `giveName`; here it only ends the waiting.
  const tell = (): void => staged.resolve()
  void outcome.then(tell, tell)

  return {
    isStaged: () => isStaged,
    settled: staged.promise,
    giveName() {
      turn.resolve('name')
      return outcome
    },
    async stop() {
      turn.resolve('stop')
      await Promise.allSettled([outcome])
    },
  }
}

/** The bytes, once the left-over of an upload whose rename did not happen is gone. */
async function* withoutLeftOver(
  store: RemoteStore,
  last: string | undefined,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (last !== undefined) await store.remove(last)
  yield* bytes
}
