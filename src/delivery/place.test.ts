import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  ARCHIVE,
  type DeliveryBench,
  INCOMING,
  openDeliveryBench,
  usersFlow,
} from '../../test/support/delivery-bench.ts'
import { loginsOf, usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../transfer/index.ts'
import type { Delivery } from './delivery.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { limits: { rows: 1, bytes: 8_000_000 } } })
})

afterEach(() => bench.close())

/** A delivery whose server behaves otherwise in some calls. */
function onServer(change: (store: RemoteStore) => Partial<RemoteStore>): Delivery {
  const open = async (): Promise<RemoteStore> => {
    const store = createMemoryStore(bench.disk)
    return { ...store, ...change(store) }
  }
  return bench.restart({ connection: createConnection('memory://test', open) })
}

const unknown = (path: string): GatewayError => new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path })
const states = async (): Promise<readonly string[]> => (await bench.parts()).map(({ state }) => state)

/** A server that loses the file and the answer when a name is given, as long as `isBad` says so. */
function loses(isBad: () => boolean): Delivery {
  return onServer((store) => ({
    async publish(path, body, options) {
      if (!isBad()) return store.publish(path, body, options)
      await store.publish(path, body, options)
      await store.remove(path)
      throw unknown(path)
    },
  }))
}

async function dropAndPrepare(delivery: Delivery, ...logins: readonly number[]): Promise<void> {
  for (const login of logins) {
    bench.drop(`${login}.csv`, usersCsv(1, login))
    await bench.takeIn(delivery)
  }
}

describe('an upload whose outcome is unclear', () => {
  it('is held when the file is nowhere, and nothing behind it is touched', async () => {
    const delivery = loses(() => true)
    await dropAndPrepare(delivery, 1, 2)
    expect(await delivery.place()).toMatchObject({ placed: [], held: { state: 'held' } })
    expect(await states()).toEqual(['held', 'prepared'])
    expect(await bench.files()).toMatchObject([{ state: 'held' }, { state: 'prepared' }])
    expect(bench.text('accepted/1.csv.report.txt')).toContain('held: the link broke')
    // Nor by a later pass.
    expect(await bench.restart().place()).toMatchObject({ placed: [], held: { state: 'held' } })
    expect(bench.remote()).toEqual({})
  })

  it.each([ARCHIVE, '/Archive/Incoming/Users'])(
    'is taken when it is seen in %s, and not sent again',
    async (archive) => {
      const delivery = onServer((store) => ({
        async publish(path, body, options) {
          await store.publish(path, body, options)
          bench.receive(archive)
          throw unknown(path)
        },
      }))
      await dropAndPrepare(delivery, 1)
      await delivery.place()
      expect(await bench.files()).toMatchObject([{ state: 'taken' }])
      expect(bench.arrivals).toHaveLength(1)
    },
  )

  it('is held when another file has its name, although it is as long', async () => {
    const delivery = onServer((store) => ({
      async publish(path, body, options) {
        await store.publish(path, body, options)
        bench.disk.files.set(path, bench.disk.files.get(path)?.map(() => 120) ?? new Uint8Array())
        throw unknown(path)
      },
    }))
    await dropAndPrepare(delivery, 1)
    await delivery.place()
    expect(await bench.parts()).toMatchObject([
      { state: 'held', evidence: expect.stringContaining('another file has this name') },
    ])
  })

  it('is placed when it is there and the server gives nothing to read', async () => {
    const delivery = onServer((store) => ({
      async publish(path, body, options) {
        await store.publish(path, body, options)
        throw unknown(path)
      },
      async *read(path) {
        yield* [] as Uint8Array[]
        throw new GatewayError('TRANSFER_DENIED', { path })
      },
    }))
    await dropAndPrepare(delivery, 1)
    await delivery.place()
    expect(await states()).toEqual(['placed'])
  })

  it('shows nobody half a file when the server renames the first upload during the second', async () => {
    let late: (() => void) | undefined
    const seen = new Set<string>()
    const delivery = onServer((store) => ({
      async publish(path, body, options) {
        if (late === undefined) {
          const { stagingPath } = options
          await store.publish(stagingPath, body, { ...options, stagingPath: `${stagingPath}.x` })
          late = () => {
            const bytes = bench.disk.files.get(stagingPath)
            if (bytes) bench.disk.files.set(path, bytes)
            bench.disk.files.delete(stagingPath)
          }
          throw unknown(path)
        }
        bench.disk.files.set(options.stagingPath, Buffer.from('half'))
        late()
        for (const bytes of Object.values(bench.remote())) seen.add(bytes)
        return store.publish(path, body, options)
      },
    }))
    await dropAndPrepare(delivery, 1)
    await delivery.place()
    const names = Object.keys(bench.remote()).filter((name) => name.endsWith('.csv'))
    expect(names.map((name) => bench.remote()[name])).toEqual([usersCsv(1)])
    expect(await states()).toEqual(['placed'])
  })
})

it('what was placed before a failure is told beside its source', async () => {
  const delivery = onServer((store) => ({
    async publish(path, body, options) {
      if (path.endsWith('_0002.csv')) throw new GatewayError('TRANSFER_DENIED', { path })
      return store.publish(path, body, options)
    },
  }))
  await dropAndPrepare(delivery, 1, 2)
  await expect(delivery.place()).rejects.toMatchObject({ code: 'TRANSFER_DENIED' })
  expect(bench.text('accepted/1.csv.report.txt')).toContain('placed: seen at')
  expect(bench.text('accepted/2.csv.report.txt')).not.toContain('placed')
})

describe('a refused upload', () => {
  it('leaves the part prepared, is tried three times, and goes with the next pass', async () => {
    const calls: string[] = []
    const delivery = onServer(() => ({
      async publish(path) {
        calls.push(path)
        throw new GatewayError('TRANSFER_SIZE_MISMATCH', { path })
      },
    }))
    await dropAndPrepare(delivery, 1, 2)
    await expect(delivery.place()).rejects.toMatchObject({ code: 'TRANSFER_SIZE_MISMATCH' })
    const [first, second] = (await bench.parts()).map(({ remotePath }) => remotePath)
    // After the first failure it goes alone.
    expect(calls).toEqual([first, second, first, first])
    expect(await states()).toEqual(['prepared', 'prepared'])
    await bench.restart().place()
    expect(loginsOf(...Object.values(bench.remote()))).toEqual(['user.1', 'user.2'])
  })

  it('after the rename was asked for is no unclear one: the server said no', async () => {
    const delivery = onServer(() => ({
      async publish(path, body, options) {
        for await (const _chunk of body);
        await options.beforeRename?.()
        throw new GatewayError('TRANSFER_DENIED', { path })
      },
    }))
    await dropAndPrepare(delivery, 1)
    await expect(delivery.place()).rejects.toMatchObject({ code: 'TRANSFER_DENIED' })
    expect(await states()).toEqual(['prepared'])
  })

  it('is held where another file has the name', async () => {
    const delivery = bench.restart()
    await dropAndPrepare(delivery, 1)
    const [part] = await bench.parts()
    bench.disk.files.set(part?.remotePath ?? '', Buffer.from('other'))
    expect(await delivery.place()).toMatchObject({ held: { state: 'held' } })
    expect(Object.values(bench.remote())).toEqual(['other'])
  })

  it('is held where the content in the store is damaged: the name is not given', async () => {
    const delivery = bench.restart()
    await dropAndPrepare(delivery, 1)
    const [part] = await bench.parts()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(bench.contents.pathOf(part?.sha256 ?? ''), 'x'.repeat(part?.sizeBytes ?? 0))
    expect(await delivery.place()).toMatchObject({ held: { evidence: expect.stringContaining('STORE_DAMAGED') } })
    expect(bench.remote()).toEqual({})
  })
})

describe('two flows into one remote folder', () => {
  const other = () => usersFlow(`${bench.folder}/inbound-2`, { name: 'contractors', filePrefix: 'contractors' })
  const dropOther = async (): Promise<Delivery> => {
    const delivery = bench.restart({}, other())
    bench.drop('../inbound-2/9.csv', usersCsv(1, 9))
    await bench.takeIn(delivery)
    return delivery
  }

  it('do not overtake each other where an earlier part is unclear', async () => {
    const delivery = loses(() => true)
    await dropAndPrepare(delivery, 1)
    await delivery.place()
    const second = await dropOther()
    const [held] = await bench.parts()
    expect(await second.place()).toMatchObject({ placed: [], held: undefined, waitsFor: { id: held?.id } })
    expect(bench.remote()).toEqual({})
    const [item] = await delivery.held()
    if (item === undefined) throw new Error('nothing is held')
    expect(await delivery.decide(item, 'drop')).toBe('dropped')
    expect(await second.place()).toMatchObject({ placed: [{ state: 'placed' }], waitsFor: undefined })
  })

  it('each go by their own schedule where nothing is unclear', async () => {
    await dropAndPrepare(bench.restart(), 1)
    await (await dropOther()).place()
    expect(loginsOf(...Object.values(bench.remote()))).toEqual(['user.9'])
  })
})

it('a part that vanished holds nothing up: its place was clear once', async () => {
  const delivery = bench.restart()
  await dropAndPrepare(delivery, 1)
  await delivery.place()
  bench.disk.files.clear()
  await delivery.confirm()
  bench.clock.advance(3_600_000)
  expect(await delivery.confirm()).toMatchObject([{ state: 'vanished' }])
  await dropAndPrepare(delivery, 2)
  await delivery.place()
  expect(Object.keys(bench.remote(INCOMING))).toHaveLength(1)
})
