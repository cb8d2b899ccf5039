import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { createConnection, createMemoryStore, type PublishOptions } from '../transfer/index.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryTools } from './flow.ts'

const PARTS = 6

let bench: DeliveryBench
let stop: AbortController
/** What writing into the ledger meets from now on. */
let trouble: (() => Promise<never>) | undefined

beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { limits: { rows: 1, bytes: 8_000_000 } } })
  stop = new AbortController()
  trouble = undefined
})

afterEach(() => bench.close())

const states = async (): Promise<readonly string[]> => (await bench.parts()).map(({ state }) => state)

/** A delivery of which all parts are staged before the first may have its name. @param named Called at each name. */
async function deliveryThat(named: (part: number) => void, change: Partial<DeliveryTools> = {}): Promise<Delivery> {
  bench.drop('hr.csv', usersCsv(PARTS))
  await bench.takeIn(bench.restart())
  const last = Promise.withResolvers<void>()
  const ledger: Ledger = { ...bench.ledger, write: (work) => trouble?.() ?? bench.ledger.write(work) }
  const open = async () => {
    const store = createMemoryStore(bench.disk)
    const publish: typeof store.publish = (path, body, options) => {
      const part = Number(/_(\d{4})\.csv$/.exec(path)?.[1])
      const beforeRename: PublishOptions['beforeRename'] = async () => {
        if (part === PARTS) last.resolve()
        if (part === 1) await last.promise
        await options.beforeRename?.()
        named(part)
      }
      return store.publish(path, body, { ...options, beforeRename })
    }
    return { ...store, publish }
  }
  const connection = createConnection('memory://test', open)
  return bench.restart({ connection, ledger, retry: { attempts: 2, firstWaitMs: 1 }, ...change })
}

describe('a line that ends early', () => {
  it('leaves nothing to hold when the disk of the ledger is full at that moment', async () => {
    const delivery = await deliveryThat(
      () => {
        stop.abort()
        trouble = () => Promise.reject(new GatewayError('DISK_FULL', { path: 'ledger' }))
      },
      { signal: stop.signal },
    )
    await expect(delivery.place()).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(await bench.restart().place()).toMatchObject({ held: undefined })
    expect(await states()).toEqual(Array(PARTS).fill('placed'))
  })

  it('leaves nothing to hold when the process is killed at that moment', async () => {
    const killed = Promise.withResolvers<void>()
    const delivery = await deliveryThat(
      () => {
        stop.abort()
        trouble = () => {
          killed.resolve()
          return new Promise(() => undefined)
        }
      },
      { signal: stop.signal },
    )
    void delivery.place()
    await killed.promise
    expect(await bench.restart().place()).toMatchObject({ held: undefined })
    expect(await states()).toEqual(Array(PARTS).fill('placed'))
  })

  it('leaves nothing to hold when a name is refused and the ledger is busy once', async () => {
    let refusals = 0
    const delivery = await deliveryThat((part) => {
      if (part !== 2 || refusals > 0) return
      refusals += 1
      trouble = () => {
        trouble = undefined
        return Promise.reject(new GatewayError('LEDGER_BUSY', { path: 'ledger' }))
      }
      throw new GatewayError('TRANSFER_FAILED', { part })
    })
    expect(await delivery.place()).toMatchObject({ held: undefined })
    expect(await states()).toEqual(Array(PARTS).fill('placed'))
  })

  it('reads no further from what it was about to send', async () => {
    const readAfter: string[] = []
    const contents = {
      ...bench.contents,
      async *read(sha256: string) {
        if (stop.signal.aborted) readAfter.push(sha256)
        yield* bench.contents.read(sha256)
      },
    }
    bench.drop('many.csv', usersCsv(40, 100))
    await bench.takeIn(bench.restart())
    const delivery = await deliveryThat(() => stop.abort(), { signal: stop.signal, contents })
    await delivery.place()
    expect(readAfter).toEqual([])
    expect(new Set(await states())).toEqual(new Set(['placed', 'prepared']))
  })
})
