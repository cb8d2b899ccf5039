import { type ErrorCode, GatewayError } from '../base/index.ts'
import type { Answer, SftpAttributes, SftpChannel, SftpEntry } from './sftp-channel.ts'
import { requestError } from './sftp-errors.ts'

/** A file or folder that is open on the server. */
export interface RemoteHandle {
  readonly path: string
  readonly id: Buffer
}

/**
 * An SFTP channel of which every request ends: with its answer, with the loss of the link, or with `TRANSFER_TIMEOUT`.
 * A refusal is an error of `sftp-errors.ts`.
 */
export interface SftpLink {
  /** For errors: kind, user, host. */
  readonly label: string
  /** The shortest time from a request to its answer so far; 0 before the first. */
  roundTripMs(): number
  open(path: string, flags: 'r' | 'wx'): Promise<RemoteHandle>
  close(handle: RemoteHandle): Promise<void>
  read(handle: RemoteHandle, block: Buffer, position: number): Promise<number>
  write(handle: RemoteHandle, block: Buffer, position: number): Promise<void>
  flush(handle: RemoteHandle): Promise<void>
  fstat(handle: RemoteHandle): Promise<SftpAttributes>
  stat(path: string): Promise<SftpAttributes>
  lstat(path: string): Promise<SftpAttributes>
  opendir(path: string): Promise<RemoteHandle>
  readdir(handle: RemoteHandle): Promise<readonly SftpEntry[]>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  /** Ends every open request; each later one fails at once. */
  lose(cause: Error): void
}

/** What a link is made of. */
export interface SftpLinkOptions {
  readonly channel: SftpChannel
  readonly label: string
  readonly timeoutMs: number
  /** Called when the server is silent for too long: the connection is of no use any more. */
  readonly onSilence: () => void
}

interface Request {
  readonly path: string
  readonly fail: (code: ErrorCode, cause: Error) => void
}

/** Makes a {@link SftpLink}. */
export function createSftpLink({ channel, label, timeoutMs, onSilence }: SftpLinkOptions): SftpLink {
  // In the order of sending. Only the oldest is timed: an upload queues many requests on a slow line, and while earlier
  // ones are being answered a later one is not late. As each becomes the oldest in its turn, none can wait for ever.
  const waiting = new Set<Request>()
  let oldest: Request | undefined
  let oldestSinceMs = 0
  let timer: NodeJS.Timeout | undefined
  let loss: Error | undefined
  let shortestMs = Number.POSITIVE_INFINITY

  function watch(): void {
    const [first] = waiting
    if (first === oldest) return
    oldest = first
    if (first === undefined) return
    oldestSinceMs = performance.now()
    // One timer for many requests: setting one for each would cost more than sending it.
    timer ??= setTimeout(onTimer, timeoutMs)
  }

  function onTimer(): void {
    timer = undefined
    if (oldest === undefined) return
    const waitedMs = performance.now() - oldestSinceMs
    if (waitedMs >= timeoutMs) onLate(oldest)
    else timer = setTimeout(onTimer, timeoutMs - waitedMs)
  }

  function onLate(request: Request): void {
    // Where this process itself was busy, the answer may lie in the socket: one turn of the event loop reads it, and then
    // `watch` has set the timer for the next.
    setImmediate(() => {
      if (waiting.has(request)) end('TRANSFER_TIMEOUT', new Error(`no answer within ${timeoutMs} ms`))
    })
  }

  function end(code: ErrorCode, cause: Error): void {
    if (loss) return
    loss = cause
    const requests = [...waiting]
    waiting.clear()
    oldest = undefined
    clearTimeout(timer)
    for (const request of requests) request.fail(code, cause)
    if (code === 'TRANSFER_TIMEOUT') onSilence()
  }

  function ask<T>(path: string, send: (answer: Answer<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (loss) {
        reject(new GatewayError('TRANSFER_FAILED', { label, path, reason: 'the link is lost' }, { cause: loss }))
        return
      }
      const sentAtMs = performance.now()
      const request: Request = {
        path,
        fail: (code, cause) => reject(new GatewayError(code, { label, path }, { cause })),
      }
      waiting.add(request)
      watch()
      try {
        send((error, value) => {
          if (!waiting.delete(request)) return
          watch()
          shortestMs = Math.min(shortestMs, performance.now() - sentAtMs)
          if (error) reject(requestError(error, { label, path }))
          else resolve(value)
        })
      } catch (cause) {
        waiting.delete(request)
        watch()
        reject(requestError(cause, { label, path }))
      }
    })
  }

  const asHandle = async (path: string, id: Promise<Buffer>): Promise<RemoteHandle> => ({ path, id: await id })

  return {
    label,
    roundTripMs: () => (Number.isFinite(shortestMs) ? shortestMs : 0),
    open: (path, flags) =>
      asHandle(
        path,
        ask(path, (answer) => channel.open(path, flags, answer)),
      ),
    close: ({ path, id }) => ask(path, (answer) => channel.close(id, answer)),
    read: ({ path, id }, block, position) =>
      ask(path, (answer) => channel.read(id, block, 0, block.length, position, answer)),
    write: ({ path, id }, block, position) =>
      ask(path, (answer) => channel.write(id, block, 0, block.length, position, answer)),
    flush: ({ path, id }) => ask(path, (answer) => channel.flush(id, answer)),
    fstat: ({ path, id }) => ask(path, (answer) => channel.fstat(id, answer)),
    stat: (path) => ask(path, (answer) => channel.stat(path, answer)),
    lstat: (path) => ask(path, (answer) => channel.lstat(path, answer)),
    opendir: (path) =>
      asHandle(
        path,
        ask(path, (answer) => channel.opendir(path, answer)),
      ),
    readdir: ({ path, id }) => ask(path, (answer) => channel.readdir(id, answer)),
    rename: (from, to) => ask(to, (answer) => channel.rename(from, to, answer)),
    unlink: (path) => ask(path, (answer) => channel.unlink(path, answer)),
    lose: (cause) => end('TRANSFER_FAILED', cause),
  }
}
