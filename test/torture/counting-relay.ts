import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between gateways and a server: counts their connections, and can break them. */
export interface CountingRelay {
  readonly port: number
  /** Most connections that were open at one time. */
  most(): number
  /** Breaks every connection, without a goodbye on either side. @returns How many there were. */
  cut(): number
  stop(): Promise<void>
}

/** Relays connections to a port of this machine. */
export async function startCountingRelay(target: {
  readonly host: string
  readonly port: number
}): Promise<CountingRelay> {
  const pairs = new Set<readonly [near: Socket, far: Socket]>()
  let most = 0
  const listener = createServer((near) => {
    const far = connect(target.port, target.host)
    const pair = [near, far] as const
    pairs.add(pair)
    most = Math.max(most, pairs.size)
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    near.setNoDelay(true).pipe(far.setNoDelay(true)).pipe(near)
    // A broken side says so by its error, and closes behind it.
    for (const side of pair) side.on('error', end).on('close', end)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const cut = (): number => {
    const count = pairs.size
    for (const [near, far] of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
    return count
  }
  return {
    port: (listener.address() as AddressInfo).port,
    most: () => most,
    cut,
    async stop() {
      cut()
      listener.close()
      await once(listener, 'close')
    },
  }
}
