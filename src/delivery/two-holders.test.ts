import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, INCOMING, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../transfer/index.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryTools } from './flow.ts'

/**
 * One process holds the flow and stands still, or its clock jumps; another takes the flow over. The first hears of it
 * with its next renewal, up to half a minute later.
 */
let bench: DeliveryBench
beforeEach(async () => {
  bench = await openDeliveryBench()
  bench.drop('hr.csv', usersCsv(20))
  await bench.takeIn(bench.restart())
})
afterEach(() => bench.close())

const retry = { attempts: 1, firstWaitMs: 1 }
function on(change: (store: RemoteStore) => Partial<RemoteStore>, more: Partial<DeliveryTools> = {}): Delivery {
  return bench.restart({
    retry,
    connection: createConnection('memory://test', async () => {
      const store = createMemoryStore(bench.disk)
      return { ...store, ...change(store) }
    }),
    ...more,
  })
}
/** Places, and gives what came of it, an error too. */
const placing = (delivery: Delivery): Promise<unknown> => delivery.place().catch((error: unknown) => error)

/** A holder that stands still at its upload, which then fails. */
function stalledHolder(at: Gate): Promise<unknown> {
  const stalled = on(() => ({
    async publish(path) {
      await at.stop()
      throw new GatewayError('TRANSFER_TIMEOUT', { path })
    },
  }))
  return placing(stalled)
}

/** A holder whose file has its name already, while the answer is on the way. */
function waitingHolder(at: Gate): Promise<unknown> {
  const waiting = on((store) => ({
    async publish(path, body, options) {
      const placed = await store.publish(path, body, options)
      await at.stop()
      return placed
    },
  }))
  return placing(waiting)
}

type Gate = ReturnType<typeof gate>
function gate() {
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  return { reached: reached.promise, open: () => goOn.resolve(), stop: async () => (reached.resolve(), goOn.promise) }
}

describe('two processes at one flow', () => {
  it('do not send a file twice when the upload of the one that lost the lease fails while the other gives the name', async () => {
    const a = gate()
    const b = gate()
    const slow = stalledHolder(a)
    await a.reached
    const other = waitingHolder(b)
    await b.reached
    bench.receive()
    a.open()
    await slow
    b.open()
    await other
    // The next pass, a minute later.
    await bench.restart().place()
    bench.receive()
    expect(bench.arrivals).toHaveLength(1)
  })

  it('show nobody half a file when the other begins to upload while the one that lost the lease writes down its intent', async () => {
    const a = gate()
    const b = gate()
    let isRenaming = false
    const ledger: Ledger = {
      ...bench.ledger,
      async write(work) {
        if (isRenaming) await a.stop()
        return bench.ledger.write(work)
      },
    }
    const seen = new Map<string, number>()
    const slow = placing(
      on(
        (store) => ({
          publish: (path, body, options) =>
            store.publish(path, body, {
              ...options,
              beforeRename: async () => {
                // What comes next is the commit of `renaming`.
                isRenaming = true
                await options.beforeRename?.()
              },
            }),
        }),
        { ledger },
      ),
    )
    await a.reached
    const other = placing(
      on((store) => ({
        async publish(path, body, options) {
          // As SFTP does it: the left-over is removed, the file opened anew, and half of it is there by now.
          const whole = [...bench.disk.files.values()][0] as Uint8Array
          bench.disk.files.set(options.stagingPath, whole.slice(0, whole.length / 2))
          await b.stop()
          return store.publish(path, body, options)
        },
      })),
    )
    await b.reached
    a.open()
    await slow
    for (const [path, bytes] of bench.disk.files) if (path.endsWith('.csv')) seen.set(path, bytes.length)
    b.open()
    await other
    const [part] = await bench.parts()
    expect([...seen]).toEqual([])
    expect(part?.remotePath.startsWith(INCOMING)).toBe(true)
  })

  it('meet with an error of the table, and with no fault of the program', async () => {
    const a = gate()
    const slow = stalledHolder(a)
    await a.reached
    await bench.restart().place()
    a.open()
    const error = await slow
    expect(error).toBeInstanceOf(GatewayError)
  })

  it('leave alone what the other is at when they wind up after the lease was lost', async () => {
    const lost = new AbortController()
    const a = gate()
    const b = gate()
    const slow = placing(
      on(
        (store) => ({
          async publish(path, body, options) {
            await a.stop()
            return store.publish(path, body, options)
          },
        }),
        { signal: lost.signal },
      ),
    )
    await a.reached
    const other = waitingHolder(b)
    await b.reached
    bench.receive()
    lost.abort(new GatewayError('FLOW_BUSY', {}))
    a.open()
    await slow
    const states = (await bench.parts()).map(({ state }) => state)
    b.open()
    await other
    await bench.restart().place()
    bench.receive()
    expect({ states, arrivals: bench.arrivals.length }).toEqual({ states: ['renaming'], arrivals: 1 })
  })
})
