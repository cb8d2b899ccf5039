import { GatewayError } from '../base/index.ts'
import type { OpenRemoteStore, RemoteStore } from './remote-store.ts'

/** One session at a time to one server: opened when first used, thrown away when in doubt. */
export interface Connection {
  /** For logs and sightings: kind, user, host. Holds no secret. */
  readonly label: string
  /**
   * Runs `work` on the open session, or on a new one. Work may run side by side. A session on which a call failed in a
   * way that leaves its state open (link, time, unclear outcome) gets no new work, and is closed when what still runs
   * on it has ended: a rename that is on its way must not be cut off by somebody else's failure.
   */
  use<T>(work: (store: RemoteStore) => Promise<T>): Promise<T>
  /** Closes the session, if any, whatever runs on it. The connection can be used again afterwards. */
  close(): Promise<void>
}

interface Session {
  readonly opening: Promise<RemoteStore>
  users: number
}

/** Makes a {@link Connection}; nothing is opened yet. */
export function createConnection(label: string, openStore: OpenRemoteStore): Connection {
  let current: Session | undefined

  function drop(session: Session): void {
    // A later session has done nothing wrong.
    if (current === session) current = undefined
  }

  async function openedBy(session: Session): Promise<RemoteStore> {
    try {
      return await session.opening
    } catch (cause) {
      drop(session)
      throw cause
    }
  }

  return {
    label,
    async use(work) {
      const session = (current ??= { opening: openStore(), users: 0 })
      session.users += 1
      try {
        return await work(await openedBy(session))
      } catch (error) {
        if (leavesDoubt(error)) drop(session)
        throw error
      } finally {
        session.users -= 1
        if (session !== current && session.users === 0) await closeSession(session)
      }
    },
    async close() {
      const session = current
      current = undefined
      if (session) await closeSession(session)
    },
  }
}

/** A session that never opened has nothing to close; whoever asked for it heard why. */
async function closeSession({ opening }: Session): Promise<void> {
  const [outcome] = await Promise.allSettled([opening])
  if (outcome.status === 'fulfilled') await outcome.value.close()
}

/** An answer of the server leaves the session sound; anything else does not. */
function leavesDoubt(error: unknown): boolean {
  return !(error instanceof GatewayError) || error.retry !== 'never'
}
