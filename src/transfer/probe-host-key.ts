import ssh2 from 'ssh2'
import { connectSocket } from './connect-socket.ts'
import { describeHostKey, type HostKey } from './host-key.ts'
import { sessionError } from './sftp-errors.ts'

/** Where {@link probeHostKey} looks. */
export interface ProbeOptions {
  readonly host: string
  readonly port: number
  /** Default 20,000. */
  readonly readyTimeoutMs?: number
}

/**
 * Asks a server for its host key and hangs up: no user name and no credential is sent.
 *
 * The key proves nothing by itself; a person compares it with what the operator of the server said.
 *
 * @throws {GatewayError} `TRANSFER_CONNECT`
 */
export async function probeHostKey({ host, port, readyTimeoutMs = 20_000 }: ProbeOptions): Promise<HostKey> {
  const { socket, connected, release } = connectSocket({ host, port }, readyTimeoutMs)
  const client = new ssh2.Client()
  try {
    await connected
    return await new Promise<HostKey>((resolve, reject) => {
      socket.on('error', reject)
      client.on('error', reject).on('close', () => reject(new Error('the server hung up before it showed a key')))
      client.connect({
        sock: socket,
        // Never sent: the exchange of keys comes first, and it is refused.
        username: 'nobody',
        readyTimeout: 0,
        hostVerifier: (key: Buffer) => {
          resolve(describeHostKey(key))
          return false
        },
      })
    })
  } catch (cause) {
    throw sessionError(cause, { progress: { hasSentCredential: false }, expected: [], details: { host, port } })
  } finally {
    release()
    socket.destroy()
  }
}
