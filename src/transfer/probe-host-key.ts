import ssh2, { type ServerHostKeyAlgorithm } from 'ssh2'
import { connectSocket } from './connect-socket.ts'
import { describeHostKey, type HostKey } from './host-key.ts'
import { hostKeyAlgorithms } from './host-key-algorithms.ts'
import { isOutOfKeys, sessionError } from './sftp-errors.ts'

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
export function probeHostKey(options: ProbeOptions): Promise<HostKey> {
  return probe(options, hostKeyAlgorithms([]))
}

/**
 * Asks a server for all its host keys, one connection for each and one more: first the one it shows by itself, then one
 * of each other type.
 *
 * @throws {GatewayError} `TRANSFER_CONNECT`
 */
export async function probeHostKeys(options: ProbeOptions): Promise<readonly HostKey[]> {
  const keys = [await probeHostKey(options)]
  for (;;) {
    const algorithms = hostKeyAlgorithms(
      [],
      keys.map(({ type }) => type),
    )
    if (algorithms.length === 0) return keys
    try {
      keys.push(await probe(options, algorithms))
    } catch (error) {
      if (isOutOfKeys(error)) return keys
      throw error
    }
  }
}

async function probe(
  { host, port, readyTimeoutMs = 20_000 }: ProbeOptions,
  algorithms: readonly ServerHostKeyAlgorithm[],
): Promise<HostKey> {
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
        algorithms: { serverHostKey: [...algorithms] },
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
