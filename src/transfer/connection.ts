import { GatewayError } from '../base/index.ts'
import type { OpenRemoteStore, RemoteStore } from './remote-store.ts'

/** One session at a time to one server: opened when first used, thrown away when in doubt. */
export interface Connection {
  /** For logs and sightings: kind, user, host. Holds no secret. */
  readonly label: string
  /**
   * Runs `work` on the open session, or on a new one. A session on which a call failed in a way that leaves its state
   * open (link, time, unclear outcome) is closed; the next call gets a new one.
   */
  use<T>(work: (store: RemoteStore) => Promise<T>): Promise<T>
  /** Closes the session, if any. The connection can be used again afterwards. */
  close(): Promise<void>
}

/** Makes a {@link Connection}; nothing is opened yet. */
export function createConnection(label: string, openStore: OpenRemoteStore): Connection {
  let current: Promise<RemoteStore> | undefined

  async function close(): Promise<void> {
    const closing = current
    current = undefined
    if (closing === undefined) return
    const [outcome] = await Promise.allSettled([closing])
    if (outcome.status === 'fulfilled') await outcome.value.close()
  }

  return {
    label,
    close,
    async use(work) {
      try {
        current ??= openStore()
        return await work(await current)
      } catch (error) {
        if (leavesDoubt(error)) await close()
        throw error
      }
    },
  }
}

/** An answer of the server leaves the session sound; anything else does not. */
function leavesDoubt(error: unknown): boolean {
  return (
    !(error instanceof GatewayError) ||
    error.retry !== 'never' ||
    error.code === 'TRANSFER_AUTH' ||
    isConnectRefusal(error)
  )
}

function isConnectRefusal(error: GatewayError): boolean {
  return error.code === 'TRANSFER_HOST_KEY' || error.code === 'TRANSFER_HOST_KEY_MISSING'
}
