import type { Socket } from 'node:net'
import ssh2, { type Client, type ServerHostKeyAlgorithm, type SFTPWrapper } from 'ssh2'
import SftpClient from 'ssh2-sftp-client'
import { GatewayError } from '../base/index.ts'
import { connectSocket } from './connect-socket.ts'
import { gatherRequests, type PacketChannel } from './gather-requests.ts'
import { describeHostKey } from './host-key.ts'
import { type HostTrust, isTrusted } from './host-trust.ts'
import type { SftpChannel } from './sftp-channel.ts'
import { type SessionProgress, sessionError } from './sftp-errors.ts'
import { answerPrompts, createLogin } from './sftp-login.ts'
import type { ResolvedSftpOptions } from './sftp-options.ts'

/** A connection that is logged in and has an SFTP channel. */
export interface SftpSession {
  readonly channel: SftpChannel
  /** Calls back once when the connection or the channel ends, from whichever side. */
  onEnd(listener: (cause: Error) => void): void
  /** Says goodbye and waits for the other side, but not for long. */
  end(): Promise<void>
  /** Drops the connection. */
  destroy(): void
}

/** Which key the server is to show. */
export interface HostKeyDemand {
  readonly trust: HostTrust
  /** Asked for in this order, and no others. */
  readonly algorithms: readonly ServerHostKeyAlgorithm[]
}

/** House: a server that says nothing to a goodbye is left after this. */
const GOODBYE_MS = 2_000

/** ssh2 ends the link when one more than this is unanswered. */
const KEEPALIVE_COUNT = 3

/**
 * Opens a session. This file and `probe-host-key.ts` are the only ones that know the ssh libraries.
 *
 * Only the setting up is left to ssh2-sftp-client: its own `put` reports success for refused writes, `stat` takes any
 * failure for "absent", `list` reads the long name, and no call has a time limit.
 *
 * @throws {GatewayError} `TRANSFER_CONNECT`, `TRANSFER_HOST_KEY`, `TRANSFER_AUTH`
 */
export async function openSftpSession(
  options: ResolvedSftpOptions,
  { trust, algorithms }: HostKeyDemand,
): Promise<SftpSession> {
  const { host, port, username } = options
  checkPrivateKey(options)
  const progress: SessionProgress = { hasSentCredential: false }
  const { socket, connected, release } = connectSocket(options, options.readyTimeoutMs)
  const ending = createEnding()
  // The first error is the telling one; the library's own copies of it lose the level.
  socket.on('error', ending.note)
  try {
    await connected
    // Without callbacks of ours the library prints its events.
    const library = new SftpClient('flatgate', { error: ending.note, end: ending.end, close: ending.end })
    const client = clientOf(library)
    // Each request in flight may listen; the warning about eleven of them would be noise.
    client.setMaxListeners(0)
    client.prependListener('error', ending.note)
    answerPrompts(client, options.password)
    const sftp = await library.connect({
      sock: socket,
      username,
      ...(options.password !== undefined && { password: options.password }),
      ...(options.privateKey !== undefined && { privateKey: options.privateKey }),
      ...(options.passphrase !== undefined && { passphrase: options.passphrase }),
      tryKeyboard: options.password !== undefined,
      authHandler: createLogin(options, () => {
        progress.hasSentCredential = true
      }),
      algorithms: { serverHostKey: [...algorithms] },
      hostVerifier: (key: Buffer) => {
        const found = describeHostKey(key)
        const isRight = isTrusted(trust, found)
        if (isRight) options.onHostKey?.(found)
        else progress.refusedHostKey = found
        return isRight
      },
      // The socket's own limit also covers the name look-up and the channel.
      readyTimeout: 0,
      keepaliveInterval: options.keepaliveIntervalMs,
      keepaliveCountMax: KEEPALIVE_COUNT,
    })
    for (const emitter of [sftp, client, socket]) emitter.on('end', ending.end).on('close', ending.end)
    sftp.on('error', ending.note).on('error', ending.end)
    client.on('error', ending.end)
    if (socket.destroyed) throw new Error('the connection ended')
    gatherRequests(sftp as unknown as PacketChannel)
    return {
      channel: asChannel(sftp),
      onEnd: ending.listen,
      end: () => sayGoodbye(client, socket),
      destroy: () => socket.destroy(),
    }
  } catch (cause) {
    socket.destroy()
    const expected = trust.pins.map(({ fingerprint }) => fingerprint)
    throw sessionError(ending.first() ?? cause, { progress, expected, details: { host, port, username } })
  } finally {
    release()
  }
}

/** Collects what ends a connection: errors as they come, then one end. */
function createEnding() {
  let first: Error | undefined
  let hasEnded = false
  const listeners: ((cause: Error) => void)[] = []
  const causeNow = (): Error => first ?? new Error('the server ended the session')
  return {
    first: () => first,
    note: (error: unknown): void => {
      // The library passes on whatever was emitted, which is an error.
      first ??= error as Error
    },
    end: (): void => {
      if (hasEnded) return
      hasEnded = true
      for (const listener of listeners) listener(causeNow())
    },
    listen: (listener: (cause: Error) => void): void => {
      if (hasEnded) listener(causeNow())
      else listeners.push(listener)
    },
  }
}

/** The library would throw in the middle of connecting; a key that cannot be read is a matter of the login. */
function checkPrivateKey({ privateKey, passphrase, host, port, username }: ResolvedSftpOptions): void {
  if (privateKey === undefined) return
  const key = ssh2.utils.parseKey(privateKey, passphrase)
  const details = { host, port, username, reason: 'the private key cannot be read; is its passphrase right?' }
  if (key instanceof Error) throw new GatewayError('TRANSFER_AUTH', details, { cause: key })
  if (key.isPrivateKey()) return
  throw new GatewayError('TRANSFER_AUTH', { ...details, reason: 'what is given as private key is a public one' })
}

/** The connection below ssh2-sftp-client, which its types keep to themselves. */
function clientOf(library: SftpClient): Client {
  return (library as unknown as { readonly client: Client }).client
}

function sayGoodbye(client: Client, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) {
      resolve()
      return
    }
    const timer = setTimeout(() => socket.destroy(), GOODBYE_MS)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    client.end()
    // A socket that can no longer be written to gets no goodbye.
    if (!socket.writable) socket.destroy()
  })
}

function asChannel(sftp: SFTPWrapper): SftpChannel {
  return {
    open: (path, flags, answer) => sftp.open(path, flags, answer),
    close: (handle, answer) => sftp.close(handle, (error) => answer(error, undefined)),
    read: (handle, block, offset, length, position, answer) =>
      sftp.read(handle, block, offset, length, position, answer),
    write: (handle, block, offset, length, position, answer) =>
      sftp.write(handle, block, offset, length, position, (error) => answer(error, undefined)),
    flush: (handle, answer) => {
      // Asking for an extension that the server did not offer throws before anything is sent.
      if (!offersFlush(sftp)) process.nextTick(answer, undefined)
      else sftp.ext_openssh_fsync(handle, (error) => answer(error, undefined))
    },
    fstat: (handle, answer) => sftp.fstat(handle, answer),
    stat: (path, answer) => sftp.stat(path, answer),
    lstat: (path, answer) => sftp.lstat(path, answer),
    opendir: (path, answer) => sftp.opendir(path, answer),
    readdir: (handle, answer) => sftp.readdir(handle, answer),
    rename: (from, to, answer) => sftp.rename(from, to, (error) => answer(error, undefined)),
    unlink: (path, answer) => sftp.unlink(path, (error) => answer(error, undefined)),
  }
}

/** Source: OpenSSH, PROTOCOL, 4.4. ssh2 keeps the list of extensions where its types do not show it. */
function offersFlush(sftp: SFTPWrapper): boolean {
  const { _extensions } = sftp as unknown as { readonly _extensions?: Readonly<Record<string, string>> }
  return _extensions?.['fsync@openssh.com'] === '1'
}
