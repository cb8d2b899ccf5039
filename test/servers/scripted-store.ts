import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSftpStore, type RemoteStore, type SftpStoreOptions } from '../../src/transfer/index.ts'
import { type ScriptedOptions, type ScriptedServer, startScriptedServer } from './scripted.ts'

/** Long enough for an answer on this machine, short enough to be waited for. */
export const SHORT_MS = 750

/** A scripted server and a way to log in to it. */
export interface ScriptedPlace {
  readonly server: ScriptedServer
  /** Opens a store on it; the change is laid over a login that is right. */
  readonly open: (change?: Partial<SftpStoreOptions>) => Promise<RemoteStore>
}

/** What one test made, to be cleared after it. */
export interface ScriptedBench {
  /** What the servers serve; it holds the empty folder `in`. */
  readonly root: string
  start(options?: ScriptedOptions): Promise<ScriptedPlace>
  /** Closes every store, stops every server and removes the folder. */
  clear(): Promise<void>
}

/** Makes a folder of its own for one test. */
export function openScriptedBench(): ScriptedBench {
  const root = mkdtempSync(join(tmpdir(), 'flatgate-faults-'))
  mkdirSync(join(root, 'in'))
  const stores: RemoteStore[] = []
  const servers: ScriptedServer[] = []
  return {
    root,
    async start(options = {}) {
      const server = await startScriptedServer(root, options)
      servers.push(server)
      const login = { host: '127.0.0.1', port: server.port, username: 'acme', password: 'right horse' }
      return {
        server,
        async open(change = {}) {
          const store = await openSftpStore({ ...login, hostKeys: [server.fingerprint], ...change })
          stores.push(store)
          return store
        },
      }
    },
    async clear() {
      for (const store of stores) await store.close()
      for (const server of servers) await server.stop()
      rmSync(root, { recursive: true })
    },
  }
}
