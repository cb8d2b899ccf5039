import { GatewayError } from '../base/index.ts'
import type { PartRecord } from '../ledger/index.ts'
import type { RemoteFile, RemoteStore } from '../transfer/index.ts'
import type { DeliveryTools } from './flow.ts'
import type { Staging } from './staging.ts'

/**
 * An upload. It ends before the final name is given, and waits there for its turn: many bring their bytes side
 * by side, and get their names in order.
 */
export interface Upload {
  /** Begins it, where that has not been done. */
  begin(): void
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
  /** Ends it before the name is given, as soon as it can, and resolves when nothing of it runs any more. */
  stop(ending: Ending): Promise<void>
}

/** What becomes of staged bytes that get no name: `leave` them where the ledger may think that they were to get one. */
export type Ending = 'remove' | 'leave'

/** The upload of a part, not begun. */
export function createUpload(tools: DeliveryTools, part: PartRecord, { leftOvers, next }: Staging): Upload {
  const turn = Promise.withResolvers<'name' | Ending>()
  const staged = Promise.withResolvers<void>()
  let isStaged = false
  let isBegun = false
  let isStopped = false
  const stopped = (): GatewayError => new GatewayError('STOPPED', { part: part.name })

  async function* body(store: RemoteStore): AsyncGenerator<Uint8Array> {
    if (isStopped) throw stopped()
    for (const path of leftOvers) await store.remove(path)
    for await (const block of tools.contents.read(part.sha256)) {
      if (isStopped) throw stopped()
      yield block
    }
  }

  const outcome = Promise.withResolvers<RemoteFile>()
  const run = (store: RemoteStore): Promise<RemoteFile> => {
    if (isStopped) throw stopped()
    // At once, and nothing before it: stores take uploads in the order in which they are asked for.
    return store.publish(part.remotePath, body(store), {
      stagingPath: next,
      sizeBytes: part.sizeBytes,
      beforeRename: async () => {
        // All of the content was read, so the store has compared its hash: what was prepared is what was sent.
        isStaged = true
        staged.resolve()
        const answer = await turn.promise
        if (answer === 'remove') throw stopped()
        // What lies staged proves that no name was given, as after a crash.
        if (answer === 'leave') throw new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path: part.remotePath })
      },
    })
  }
  // A failure is told by `giveName`; here it only ends the waiting.
  const tell = (): void => staged.resolve()
  void outcome.promise.then(tell, tell)

  return {
    begin() {
      if (isBegun || isStopped) return
      isBegun = true
      outcome.resolve(tools.connection.use(run))
    },
    isStaged: () => isStaged,
    settled: staged.promise,
    giveName() {
      turn.resolve('name')
      return outcome.promise
    },
    async stop(ending) {
      isStopped = true
      turn.resolve(ending)
      if (!isBegun) outcome.reject(stopped())
      await Promise.allSettled([outcome.promise])
    },
  }
}
