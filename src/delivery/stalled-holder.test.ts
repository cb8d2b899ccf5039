import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { createConnection, createMemoryStore } from '../transfer/index.ts'

let bench: DeliveryBench
beforeEach(async () => {
  bench = await openDeliveryBench()
})
afterEach(() => bench.close())

describe('a gateway that stood still at its work and comes back', () => {
  it.each(['upload', 'rename'] as const)(
    'fault 46: places nothing again that another has placed meanwhile (still before the %s)',
    async (step) => {
      const reached = Promise.withResolvers<void>()
      const goOn = Promise.withResolvers<void>()
      const standStill = async (): Promise<void> => {
        reached.resolve()
        await goOn.promise
      }
      const store = createMemoryStore(bench.disk)
      const stalling = createConnection('memory://test', async () => ({
        ...store,
        async publish(path, body, options) {
          if (step === 'upload') await standStill()
          const beforeRename = async (): Promise<void> => {
            if (step === 'rename') await standStill()
            await options.beforeRename?.()
          }
          return store.publish(path, body, { ...options, beforeRename })
        },
      }))
      bench.drop('hr.csv', usersCsv(2))
      await bench.takeIn(bench.restart())
      const stalled = bench.restart({ connection: stalling }).place()
      await reached.promise
      // Its lease has run out, and another process has taken the flow over.
      const { placed } = await bench.restart().place()
      expect(placed).toHaveLength(1)
      bench.receive()
      goOn.resolve()
      expect((await stalled).placed).toEqual([])
      expect(bench.arrivals).toHaveLength(1)
      expect(Object.keys(bench.remote()).filter((name) => name.endsWith('.csv'))).toEqual([])
      expect(await bench.parts()).toMatchObject([{ state: 'placed' }])
    },
  )
})
