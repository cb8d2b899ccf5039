import { createHash } from 'node:crypto'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import { GatewayError, type Log, silentLog } from '../base/index.ts'
import type { Faults } from './faults.ts'
import { createJail } from './jail.ts'
import { createKeyPair } from './key-pair.ts'
import { createLoginCheck, type SandboxUser } from './login.ts'
import { serveSftp } from './sftp-session.ts'

export interface SftpServerOptions {
  /** An existing folder: what clients see as `/`. */
  readonly root: string
  readonly users: readonly SandboxUser[]
  /** Default: this machine only. */
  readonly host?: string
  /** Default 0: a free one. */
  readonly port?: number
  /** Private key in PEM or OpenSSH form; a new ed25519 key when absent. */
  readonly hostKey?: string
  /** House: 5, which Coupa has announced as the limit of one SFTP user. */
  readonly maxConnections?: number
  readonly faults?: Faults
  readonly log?: Log
}

/** A running server. */
export interface SftpServer {
  readonly host: string
  readonly port: number
  /** Of the host key, as OpenSSH prints it: `SHA256:…`. */
  readonly fingerprint: string
  /** Connections that are open now, logged in or not. */
  connections(): number
  /** Breaks all connections and stops listening. May be called twice. */
  close(): Promise<void>
}

/**
 * Starts an SFTP server (version 3) over one folder, as a stand-in for Coupa's.
 *
 * A connection above the limit is closed before it can say anything. A rename never replaces a file.
 *
 * @throws {GatewayError} `USAGE` the host key or a public key cannot be read.
 * @throws {GatewayError} `SANDBOX_PORT` the port is taken or not allowed.
 */
export async function startSftpServer(options: SftpServerOptions): Promise<SftpServer> {
  const { root, users, host = '127.0.0.1', port = 0, maxConnections = 5, faults = {}, log = silentLog } = options
  const hostKey = options.hostKey ?? createKeyPair().private
  const fingerprint = fingerprintOf(hostKey)
  const jail = createJail(root)
  const isWelcome = createLoginCheck(users)
  const ssh = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connection.on('error', (error: Error) => log.debug('a connection to the sandbox broke', { error: error.message }))
    connection.on('authentication', (attempt) => decide(attempt, connection))
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serveSftp(acceptSftp(), { jail, faults, log, cut: () => connection.end() }))
    })
  })

  function decide(attempt: AuthContext, connection: Connection): void {
    if (!faults.refuseLogin && isWelcome(attempt)) {
      log.debug('login to the sandbox', { user: attempt.username, method: attempt.method })
      attempt.accept()
      return
    }
    if (attempt.method !== 'none') log.debug('login to the sandbox refused', { user: attempt.username })
    refusals.set(connection, (refusals.get(connection) ?? 0) + 1)
    if ((refusals.get(connection) ?? 0) > MAX_REFUSALS) connection.end()
    else attempt.reject(['publickey', 'password'])
  }

  // The library's own listener hides its sockets; with ours they can be counted and broken.
  const refusals = new WeakMap<Connection, number>()
  const sockets = new Set<Socket>()
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    ssh.injectSocket(socket)
  })
  listener.maxConnections = maxConnections
  listener.on('drop', () => log.warn('the sandbox refused a connection: its limit is reached', { maxConnections }))
  await new Promise<void>((resolve, reject) => {
    listener.once('error', (cause) => reject(new GatewayError('SANDBOX_PORT', { host, port }, { cause })))
    listener.listen(port, host, resolve)
  })

  return {
    host,
    // Only a listener on a pipe has another kind of address.
    port: (listener.address() as AddressInfo).port,
    fingerprint,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** House: as OpenSSH, which ends a connection after six wrong attempts. */
const MAX_REFUSALS = 6

function fingerprintOf(hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey)
  if (key instanceof Error) throw new GatewayError('USAGE', { argument: 'host key' }, { cause: key })
  return `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '')}`
}
