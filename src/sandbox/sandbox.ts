import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isCode, silentLog, systemClock } from '../base/index.ts'
import { createCoupaTree } from './coupa-tree.ts'
import type { Faults } from './faults.ts'
import { createKeyPair } from './key-pair.ts'
import type { LoadRecord } from './load-record.ts'
import { createLoader, type Loader, type LoaderOptions } from './loader.ts'
import { startSftpServer } from './sftp-server.ts'
import { type ExportRequest, writeExport } from './write-export.ts'

export interface SandboxOptions extends Partial<Omit<LoaderOptions, 'root' | 'stateFolder'>> {
  /** Holds `sftp/`, which clients see as `/`, and `state/`: host key, records and reports. */
  readonly folder: string
  readonly host?: string
  /** Default 0: a free one. */
  readonly port?: number
  /** Default `coupa`. */
  readonly username?: string
  /** A random one when absent and when there is no key either. */
  readonly password?: string
  /** Lines of an `authorized_keys` file. */
  readonly publicKeys?: readonly string[]
  /** House: 5, which Coupa has announced as the limit of one SFTP user. */
  readonly maxConnections?: number
}

/** A running stand-in for a Coupa instance. */
export interface Sandbox {
  readonly host: string
  readonly port: number
  /** Of the host key, which stays the same over restarts in one folder: `SHA256:…`. */
  readonly fingerprint: string
  readonly username: string
  /** Absent where only keys may log in. */
  readonly password: string | undefined
  readonly folder: string
  /** The folder that clients see as `/`. */
  readonly root: string
  readonly loader: Loader
  /** Switches that may be turned at any time. */
  readonly faults: Faults
  /** Puts an export into Outgoing. @returns Its path as clients see it. */
  writeExport(request: ExportRequest): string
  loads(): readonly LoadRecord[]
  connections(): number
  /** Stops the loader after the file it is at, then the server. May be called twice. */
  close(): Promise<void>
}

/**
 * Starts a stand-in for a Coupa instance: its SFTP folders, the server over them and the loader that empties Incoming.
 *
 * @throws {GatewayError} `SANDBOX_PORT` the port is taken or not allowed.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, username = 'coupa', publicKeys = [], clock = systemClock, log = silentLog, faults = {} } = options
  const password = options.password ?? (publicKeys.length > 0 ? undefined : randomBytes(18).toString('base64url'))
  const root = join(folder, 'sftp')
  const stateFolder = join(folder, 'state')
  createCoupaTree(root)
  const server = await startSftpServer({
    root,
    users: [{ username, publicKeys, ...(password !== undefined && { password }) }],
    hostKey: hostKeyIn(stateFolder),
    faults,
    log,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.port !== undefined && { port: options.port }),
    ...(options.maxConnections !== undefined && { maxConnections: options.maxConnections }),
  })
  const loader = createLoader({ ...options, root, stateFolder, clock, log, faults })
  const stop = new AbortController()
  const running = loader.run(stop.signal)
  return {
    host: server.host,
    port: server.port,
    fingerprint: server.fingerprint,
    username,
    password,
    folder,
    root,
    loader,
    faults,
    writeExport: (request) => writeExport(root, clock, request),
    loads: () => loader.loads(),
    connections: () => server.connections(),
    async close() {
      stop.abort(new Error('the sandbox is closing'))
      await running
      await server.close()
    },
  }
}

/** The host key of an earlier run, or a new one. */
function hostKeyIn(stateFolder: string): string {
  const file = join(stateFolder, 'host_key')
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
    const key = createKeyPair().private
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, key, { mode: 0o600 })
    return key
  }
}
