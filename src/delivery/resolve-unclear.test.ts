import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, INCOMING, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../transfer/index.ts'

let bench: DeliveryBench
/** What the server has still to rename. */
let late: readonly [from: string, to: string] | undefined

beforeEach(async () => {
  late = undefined
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

/** The link breaks at the rename, which the server carries out at the moment at which the staging name is asked for. */
function renamesLate(): RemoteStore {
  const store = createMemoryStore(bench.disk)
  return {
    ...store,
    async publish(path, body, options) {
      await store.publish(`${path}.moved`, body, options)
      await store.move(`${path}.moved`, options.stagingPath)
      late = [options.stagingPath, path]
      throw new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path })
    },
    async stat(path) {
      if (late?.[0] === path) await store.move(...late)
      return store.stat(path)
    },
  }
}

describe('an unclear rename', () => {
  it('that is carried out between the look at the final name and that at the staging name is found', async () => {
    const delivery = bench.restart({ connection: createConnection('memory://late', async () => renamesLate()) })
    bench.drop('hr.csv', usersCsv(1))
    await bench.takeIn(delivery)
    await delivery.place()
    expect(await bench.parts()).toMatchObject([{ state: 'placed' }])
    expect(Object.values(bench.remote(INCOMING))).toEqual([usersCsv(1)])
  })
})
