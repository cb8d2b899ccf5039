import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { createConnection, createMemoryStore, type PublishOptions, type RemoteStore } from '../transfer/index.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryTools } from './flow.ts'

const PARTS = 6

let bench: DeliveryBench
/** What the server saw, in order: `staged <n>` and `named <n>`, with the number of the part. */
let seen: string[]

beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { limits: { rows: 1, bytes: 8_000_000 } } })
  seen = []
})

afterEach(() => bench.close())

/** What a server does otherwise with one part. */
interface Odd {
  /** Before the bytes are asked for. */
  readonly before?: (part: number) => Promise<void>
  /** Once all bytes lie there. */
  readonly staged?: (part: number) => Promise<void>
  /** Instead of the rename. */
  readonly named?: (part: number, path: string) => Promise<void>
}

/** A delivery to a server that notes what it sees, with one file of so many parts waiting. */
async function deliveryTo(
  odd: Odd,
  { parts = PARTS, ...more }: { readonly parts?: number } & Pick<DeliveryTools, 'signal' | 'retry'> = {},
): Promise<Delivery> {
  const open = async (): Promise<RemoteStore> => {
    const store = createMemoryStore(bench.disk)
    return {
      ...store,
      async publish(path, body, options) {
        const part = Number(/_(\d{4})\.csv$/.exec(path)?.[1])
        await odd.before?.(part)
        const beforeRename: PublishOptions['beforeRename'] = async () => {
          seen.push(`staged ${part}`)
          await odd.staged?.(part)
          await options.beforeRename?.()
          await odd.named?.(part, path)
        }
        const placed = await store.publish(path, body, { ...options, beforeRename })
        seen.push(`named ${part}`)
        return placed
      },
    }
  }
  const delivery = bench.restart({
    connection: createConnection('memory://test', open),
    ...more,
  })
  bench.drop('1.csv', usersCsv(parts))
  await bench.takeIn(bench.restart())
  return delivery
}

const states = async (): Promise<readonly string[]> => (await bench.parts()).map(({ state }) => state)
const named = (): readonly string[] => seen.filter((step) => step.startsWith('named'))
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('parts of one folder', () => {
  it('bring their bytes side by side: the first waits for those of the last', async () => {
    const last = Promise.withResolvers<void>()
    const delivery = await deliveryTo({
      before: (part) => (part === 1 ? last.promise : Promise.resolve()),
      staged: async (part) => (part === PARTS ? last.resolve() : undefined),
    })
    await delivery.place()
    expect(seen.slice(0, PARTS)).toContain(`staged ${PARTS}`)
    expect(named()).toEqual(numbers(1, PARTS).map((part) => `named ${part}`))
  })

  it('get no name before every earlier one was answered for', async () => {
    const isNamed = new Set<number>()
    const early: number[] = []
    const delivery = await deliveryTo({
      async named(part) {
        // A server that takes its time over each rename.
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate)
        if (numbers(1, part - 1).some((before) => !isNamed.has(before))) early.push(part)
        isNamed.add(part)
      },
    })
    await delivery.place()
    expect(early).toEqual([])
    expect(isNamed.size).toBe(PARTS)
  })

  it('are written down in fewer commits than they have steps', async () => {
    let commits = 0
    const { ledger } = bench
    const counted = { ...ledger, write: (work) => ((commits += 1), ledger.write(work)) } satisfies typeof ledger
    await deliveryTo({})
    await bench.restart({ ledger: counted }).place()
    expect(await states()).toEqual(Array(PARTS).fill('placed'))
    // Three steps each would be eighteen.
    expect(commits).toBeLessThan(2 * PARTS)
    const [file] = await bench.files()
    const steps = (await bench.ledger.eventsOf(file?.id ?? '')).filter(({ partId }) => partId !== undefined)
    expect(steps.filter(({ step }) => ['placing', 'renaming', 'placed'].includes(step))).toHaveLength(3 * PARTS)
  })
})

describe('a part in the middle', () => {
  it('that is refused ends the line: those before it are placed, those behind are as they were', async () => {
    const delivery = await deliveryTo({
      async staged(part) {
        if (part === 3) throw new GatewayError('TRANSFER_DENIED', { part })
      },
    })
    await expect(delivery.place()).rejects.toMatchObject({ code: 'TRANSFER_DENIED' })
    expect(named()).toEqual(['named 1', 'named 2'])
    expect(await states()).toEqual(['placed', 'placed', 'prepared', 'prepared', 'prepared', 'prepared'])
    expect(Object.keys(bench.remote()).filter((name) => !name.endsWith('.csv'))).toEqual([])
  })

  it('that fails once holds the line up and not back', async () => {
    let failures = 1
    const delivery = await deliveryTo({
      async named(part) {
        if (part === 3 && failures-- > 0) throw new GatewayError('TRANSFER_FAILED', { part })
      },
    })
    expect(await delivery.place()).toMatchObject({ placed: { length: PARTS }, held: undefined })
    expect(named()).toEqual(numbers(1, PARTS).map((part) => `named ${part}`))
  })

  it('whose outcome is unclear is held, and no name behind it is touched', async () => {
    const delivery = await deliveryTo({
      async named(part, path) {
        if (part !== 3) return
        bench.disk.files.delete(`${path}.part`)
        throw new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path })
      },
    })
    expect(await delivery.place()).toMatchObject({ placed: { length: 2 }, held: { number: 3 } })
    expect(named()).toEqual(['named 1', 'named 2'])
    expect(await states()).toEqual(['placed', 'placed', 'held', 'prepared', 'prepared', 'prepared'])
  })

  it('ends the line before further uploads begin behind it', async () => {
    const begun: number[] = []
    const others = Promise.withResolvers<void>()
    const delivery = await deliveryTo(
      {
        before: async (part) => void begun.push(part),
        // All are staged, and the last six can begin, when the first asks for its name.
        staged: async (part) => (part === 1 ? others.promise : part === 64 ? others.resolve() : undefined),
        async named(part) {
          while (!begun.includes(65)) await new Promise(setImmediate)
          throw new GatewayError('TRANSFER_DENIED', { part })
        },
      },
      { parts: 70, retry: { attempts: 1, firstWaitMs: 1 } },
    )
    await expect(delivery.place()).rejects.toMatchObject({ code: 'TRANSFER_DENIED' })
    expect(begun).toEqual(numbers(1, 65))
  })

  it('is where the line ends when the gateway is told to stop there', async () => {
    const stop = new AbortController()
    const delivery = await deliveryTo(
      { named: async (part) => (part === 2 ? stop.abort() : undefined) },
      {
        signal: stop.signal,
      },
    )
    await delivery.place()
    expect(named()).toEqual(['named 1', 'named 2'])
    expect(await states()).toEqual(['placed', 'placed', 'prepared', 'prepared', 'prepared', 'prepared'])
    expect(Object.keys(bench.remote())).toHaveLength(2)
  })
})

it('what a crash left with the intent to rename is looked for, and the rest goes on behind it', async () => {
  await deliveryTo({})
  const kill = new Promise<never>(() => undefined)
  const crashing = bench.restart({
    connection: createConnection('memory://test', async () => {
      const store = createMemoryStore(bench.disk)
      return {
        ...store,
        // The first gets its name, and the process ends before it hears so.
        publish: async (path, body, options) =>
          path.endsWith('_0001.csv')
            ? store.publish(path, body, options).then(() => kill)
            : store.publish(path, body, options),
      }
    }),
  })
  void crashing.place()
  while (!Object.keys(bench.remote()).some((name) => name.endsWith('_0001.csv'))) await new Promise(setImmediate)
  expect((await states())[0]).toBe('renaming')
  expect(await bench.restart().place()).toMatchObject({ held: undefined })
  expect(await states()).toEqual(Array(PARTS).fill('placed'))
  const texts = Object.values(bench.remote()).filter((text) => text !== '')
  expect(Object.keys(bench.remote()).filter((name) => name.endsWith('.csv'))).toHaveLength(PARTS)
  expect(new Set(texts).size).toBe(PARTS)
})
