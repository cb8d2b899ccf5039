import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { gatherWrites } from './gather-writes.ts'

/** A socket that is given up when something takes too long. */
export interface TimedSocket {
  readonly socket: Socket
  /** Resolves when it is connected; rejects with Node's error. */
  readonly connected: Promise<unknown>
  /** Ends the time limit. */
  readonly release: () => void
}

/**
 * Starts a connection that is destroyed, with the error `ETIMEDOUT`, unless it is released in time.
 *
 * Requests do not wait for the answers to earlier ones (no Nagle): with it each costs 40 ms, even on one machine.
 */
export function connectSocket({ host, port }: { host: string; port: number }, limitMs: number): TimedSocket {
  const socket = connect({ host, port, noDelay: true })
  gatherWrites(socket)
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error(`nothing came about within ${limitMs} ms`), { code: 'ETIMEDOUT' }))
  }, limitMs)
  const connected = once(socket, 'connect')
  return { socket, connected, release: () => clearTimeout(timer) }
}
