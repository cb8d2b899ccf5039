import { GatewayError } from '../../src/base/index.ts'
import type { OpenRemoteStore, PublishOptions, RemoteStore } from '../../src/transfer/index.ts'
import type { FaultErrors, FaultPlan } from './fault-plan.ts'

/** Stores whose opening and whose calls go by a plan. */
export function failingStores(open: OpenRemoteStore, plan: FaultPlan): OpenRemoteStore {
  const refused = (): Error => new GatewayError('TRANSFER_CONNECT', { label: 'failing' })
  return () => plan.call('open', async () => failingStore(await open(), plan), { refused, lost: refused })
}

function failingStore(store: RemoteStore, plan: FaultPlan): RemoteStore {
  const failed = (path: string) => (): Error => new GatewayError('TRANSFER_FAILED', { path })
  const unknown = (path: string) => (): Error => new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path })
  /** A question can be asked again; what became of an order is not known. */
  const question = (path: string): FaultErrors => ({ refused: failed(path), lost: failed(path) })
  const order = (path: string): FaultErrors => ({ refused: failed(path), lost: unknown(path) })

  /** The moment between the last byte and the rename is one to fail in as well. */
  const watched = (path: string, options: PublishOptions): PublishOptions => ({
    ...options,
    beforeRename: () => plan.call('before rename', async () => options.beforeRename?.(), question(path)),
  })

  return {
    label: store.label,
    list: (folder) => plan.call('list', () => store.list(folder), question(folder)),
    listFolders: (folder) => plan.call('listFolders', () => store.listFolders(folder), question(folder)),
    stat: (path) => plan.call('stat', () => store.stat(path), question(path)),
    remove: (path) => plan.call('remove', () => store.remove(path), question(path)),
    move: (from, to) => plan.call('move', () => store.move(from, to), order(to)),
    publish: (path, body, options) =>
      plan.call('publish', () => store.publish(path, body, watched(path, options)), {
        ...order(path),
        async half() {
          const { stagingPath } = options
          await store.remove(stagingPath)
          await store.publish(stagingPath, body, { ...options, stagingPath: `${stagingPath}.half` })
        },
      }),
    async *read(path) {
      await plan.call('read', async () => undefined, question(path))
      yield* store.read(path)
    },
    close: () => store.close(),
  }
}
