import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { createLimit, GatewayError } from '../base/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../transfer/index.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { limits: { rows: 1, bytes: 8_000_000 } } })
})

afterEach(() => bench.close())

/** A store that has two uploads under way at a time and takes its time to remove something. */
function narrowStore(isBroken: boolean): RemoteStore {
  const store = createMemoryStore(bench.disk)
  const inTurn = createLimit(2)
  return {
    ...store,
    publish: (path, body, options) =>
      inTurn(async () => {
        if (!isBroken) return store.publish(path, body, options)
        await store.publish(options.stagingPath, body, { ...options, stagingPath: `${options.stagingPath}.bytes` })
        throw new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path })
      }),
    async remove(path) {
      await setImmediate()
      await store.remove(path)
    },
  }
}

const place = (isBroken: boolean) =>
  bench
    .restart({
      connection: createConnection('memory://narrow', async () => narrowStore(isBroken)),
      retry: { attempts: 1, firstWaitMs: 1 },
    })
    .place()

describe('an upload', () => {
  it('that has a left-over to remove is not overtaken on its way to the server by those that wait for it', async () => {
    bench.drop('hr.csv', usersCsv(6))
    await bench.takeIn(bench.restart())
    await expect(place(true)).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    expect((await bench.parts()).map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'prepared'))
    expect((await place(false)).placed).toHaveLength(6)
    expect(Object.keys(bench.remote())).toHaveLength(6)
  }, 20_000)
})
