import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ARCHIVE, type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import { createConnection, createMemoryStore, type RemoteStore } from '../transfer/index.ts'
import type { Delivery } from './delivery.ts'

const MINUTE_MS = 60_000

let bench: DeliveryBench
let delivery: Delivery
/** Where the part lies on the server. */
let path: string

beforeEach(async () => {
  bench = await openDeliveryBench()
  delivery = bench.restart()
  bench.drop('hr.csv', usersCsv(1))
  await bench.takeIn(delivery)
  path = (await delivery.place()).placed[0]?.remotePath ?? ''
})

afterEach(() => bench.close())

async function after(minutes: number): Promise<string | undefined> {
  bench.clock.advance(minutes * MINUTE_MS)
  await delivery.confirm()
  return (await bench.parts())[0]?.state
}

/** Takes the file off the server. @returns Puts it back. */
function hide(): () => void {
  const bytes = bench.disk.files.get(path)
  bench.disk.files.delete(path)
  return () => bench.disk.files.set(path, bytes ?? new Uint8Array())
}

describe('a placed part', () => {
  it('is reported when it is not taken in time, and taken when it is seen in the archive later', async () => {
    expect(await after(60)).toBe('placed')
    expect(await after(1)).toBe('never-taken')
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('never-taken: seen at')
    expect(await after(60)).toBe('never-taken')
    bench.receive()
    expect(await after(1)).toBe('taken')
    expect(await bench.files()).toMatchObject([{ state: 'taken' }])
  })

  it('that is nowhere is vanished only after a while, and taken when it is seen in the archive later', async () => {
    const putBack = hide()
    expect(await after(0)).toBe('placed')
    expect(await after(30)).toBe('placed')
    expect(await after(1)).toBe('vanished')
    expect(await delivery.held()).toMatchObject([{ part: { state: 'vanished' } }])
    putBack()
    bench.receive()
    expect(await after(1)).toBe('taken')
  })

  it('that is missing twice for a short time has not vanished', async () => {
    let putBack = hide()
    expect(await after(0)).toBe('placed')
    putBack()
    expect(await after(20)).toBe('placed')
    putBack = hide()
    expect(await after(20)).toBe('placed')
    putBack()
    expect(await after(1)).toBe('placed')
  })

  it('that had vanished and lies in its folder again is placed again', async () => {
    const putBack = hide()
    await after(0)
    expect(await after(31)).toBe('vanished')
    putBack()
    expect(await after(0)).toBe('placed')
    expect(await after(60)).toBe('never-taken')
  })

  it('under whose name another file or a folder lies is held', async () => {
    hide()
    bench.disk.folders.add(path)
    expect(await after(0)).toBe('held')
    expect(await bench.files()).toMatchObject([{ state: 'held', reason: expect.stringContaining('no regular file') }])
  })
})

describe('what a person decides', () => {
  async function vanished() {
    hide()
    await after(0)
    await after(31)
    const [item] = await delivery.held()
    if (item === undefined) throw new Error('nothing is held')
    return item
  }

  it('release: the part is sent again under the same name', async () => {
    expect(await delivery.decide(await vanished(), 'release')).toBe('prepared')
    expect(await bench.files()).toMatchObject([{ state: 'prepared' }])
    await delivery.place()
    expect(bench.disk.files.has(path)).toBe(true)
    expect(await bench.files()).toMatchObject([{ state: 'placed' }])
    expect(await after(0)).toBe('placed')
  })

  it('drop: the part is not sent, and the file ends as dropped', async () => {
    expect(await delivery.decide(await vanished(), 'drop')).toBe('dropped')
    expect(await bench.files()).toMatchObject([{ state: 'dropped' }])
    await delivery.place()
    expect(bench.remote()).toEqual({})
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('dropped: drop by a person')
  })

  it.each(['release', 'drop'] as const)('%s: a part that is in the archive after all is taken', async (decision) => {
    const item = await vanished()
    bench.disk.files.set(`${ARCHIVE}/${item.part.name}`, Buffer.from(usersCsv(1)))
    expect(await delivery.decide(item, decision)).toBe('taken')
  })

  it('counts once: what was decided waits for nobody any more', async () => {
    const item = await vanished()
    await delivery.decide(item, 'release')
    await expect(delivery.decide(item, 'drop')).rejects.toMatchObject({ code: 'HISTORY_UNKNOWN' })
  })

  it('release is refused where another file has the name', async () => {
    const item = await vanished()
    bench.disk.files.set(path, Buffer.from(usersCsv(1, 2)))
    await expect(delivery.decide(item, 'release')).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
    expect(await delivery.decide(item, 'drop')).toBe('dropped')
  })
})

describe('many placed parts', () => {
  it('are looked for side by side, and each look is written down although another fails', async () => {
    const flow = { ...bench.flow, limits: { rows: 1, bytes: 8_000_000 } }
    const many = bench.restart({}, flow)
    bench.drop('many.csv', usersCsv(40, 100))
    await bench.takeIn(many)
    await many.place()
    bench.receive()
    let asking = 0
    let mostAtOnce = 0
    const open = async (): Promise<RemoteStore> => {
      const store = createMemoryStore(bench.disk)
      return {
        ...store,
        async stat(asked) {
          asking += 1
          mostAtOnce = Math.max(mostAtOnce, asking)
          await new Promise(setImmediate)
          asking -= 1
          if (asked.endsWith('_0005.csv')) throw new GatewayError('TRANSFER_FAILED', { path: asked })
          return store.stat(asked)
        },
      }
    }
    const asked = bench.restart({ connection: createConnection('memory://test', open) }, flow)
    await expect(asked.confirm()).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    expect(mostAtOnce).toBeGreaterThan(10)
    const states = (await bench.parts()).map(({ state }) => state)
    expect(states.filter((state) => state === 'taken').length).toBeGreaterThan(20)
    // What was seen is told, although another look failed.
    expect(bench.text('accepted/many.csv.report.txt')).toContain('taken: seen at')
    await many.confirm()
    expect(new Set((await bench.parts()).map(({ state }) => state))).toEqual(new Set(['taken']))
  })
})
