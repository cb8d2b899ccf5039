import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench, SETTLE_MS } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { GatewayError } from '../base/index.ts'
import type { ContentStore } from './content-store.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

/** Contents whose parts cannot be written. */
function failing(error: Error): ContentStore {
  return {
    ...bench.contents,
    async draft() {
      throw error
    },
  }
}

describe('a fault that is none of the file', () => {
  it('leaves it accepted for as long as the surroundings fail, and nothing overtakes it', async () => {
    const delivery = bench.restart({ contents: failing(new GatewayError('DISK_FULL', { path: 'store' })) })
    bench.drop('1.csv', usersCsv(1, 1))
    await delivery.takeIn()
    bench.drop('2.csv', usersCsv(1, 2))
    for (let pass = 0; pass < 6; pass += 1) {
      bench.clock.advance(SETTLE_MS)
      const { failure } = await delivery.takeIn()
      expect(failure).toMatchObject({ code: 'DISK_FULL' })
    }
    expect(await bench.files()).toMatchObject([{ name: '1.csv', state: 'accepted' }])
    expect(bench.names()).toEqual(['2.csv'])
    await bench.takeIn(bench.restart())
    expect(await bench.files()).toMatchObject([{ state: 'prepared' }, { state: 'prepared' }])
  })

  it('holds it after three attempts where it stays, so that the others go on; released it is judged again', async () => {
    const broken = bench.restart({ contents: failing(new TypeError('a fault of the program')) })
    bench.drop('1.csv', usersCsv(1, 1))
    await broken.takeIn()
    bench.clock.advance(SETTLE_MS)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(broken.takeIn()).rejects.toThrow('a fault of the program')
    }
    const delivery = bench.restart()
    bench.drop('2.csv', usersCsv(1, 2))
    await bench.takeIn(delivery)
    expect(await bench.files()).toMatchObject([{ state: 'held' }, { state: 'prepared' }])
    const [held] = await delivery.heldFiles()
    expect(held?.reason).toContain('in 3 attempts')
    expect(await delivery.decideFile(held?.id ?? '', 'release')).toBe('accepted')
    await delivery.takeIn()
    expect(await bench.files()).toMatchObject([{ state: 'prepared' }, { state: 'prepared' }])
    expect(await delivery.heldFiles()).toEqual([])
  })

  it('holds it at once where its content is lost or damaged; dropped it is never sent', async () => {
    const path = bench.drop('elsewhere/1.csv', usersCsv(1))
    const delivery = bench.restart()
    const [file] = await delivery.takeInCopy({ path, name: '1.csv' })
    writeFileSync(bench.contents.pathOf(file?.sha256 ?? ''), usersCsv(1, 2))
    await delivery.takeIn()
    expect(await delivery.heldFiles()).toMatchObject([{ reason: expect.stringContaining('STORE_DAMAGED') }])
    rmSync(bench.contents.pathOf(file?.sha256 ?? ''))
    await delivery.decideFile(file?.id ?? '', 'release')
    await delivery.takeIn()
    expect(await delivery.heldFiles()).toMatchObject([{ reason: expect.stringContaining('it is missing') }])
  })
})

it('a file that a crash left half judged is judged again, and a stale rejection goes away with its reports', async () => {
  const text = usersCsv(1).replace('"active"', '"actve"')
  bench.drop('1.csv', text)
  const ledger = {
    ...bench.ledger,
    // The report is written, the verdict is not.
    write: <T>(work: Parameters<typeof bench.ledger.write<T>>[0]): Promise<T> =>
      bench.ledger.write(async (writer) =>
        work({
          ...writer,
          updateFile: () => Promise.reject(new GatewayError('LEDGER_BUSY')),
        }),
      ),
  }
  await bench.restart({ ledger }).takeIn()
  const delivery = bench.restart({ ledger })
  await delivery.takeIn()
  bench.clock.advance(SETTLE_MS)
  expect(await delivery.takeIn()).toMatchObject({ failure: { code: 'LEDGER_BUSY' } })
  expect(bench.names('rejected')).toEqual(['1.csv', '1.csv.report.csv', '1.csv.report.txt'])
  // The operator leaves the rule out meanwhile.
  const lenient = bench.restart({}, { ...bench.flow, ignoredRules: ['C405'] })
  await lenient.takeIn()
  expect(await bench.files()).toMatchObject([{ state: 'prepared' }])
  expect([bench.names('rejected'), bench.names('accepted')]).toEqual([[], ['1.csv', '1.csv.report.txt']])
})

it('a rejected file lies in rejected alone although the note about the move to accepted was lost', async () => {
  bench.drop('1.csv', usersCsv(1).replace('"active"', '"actve"'))
  const ledger = {
    ...bench.ledger,
    write: <T>(work: Parameters<typeof bench.ledger.write<T>>[0]): Promise<T> =>
      bench.ledger.write(async (writer) =>
        work({
          ...writer,
          addEvent: (event) =>
            event.step === 'filed' ? Promise.reject(new GatewayError('LEDGER_BUSY')) : writer.addEvent(event),
        }),
      ),
  }
  const delivery = bench.restart({ ledger })
  await delivery.takeIn()
  bench.clock.advance(SETTLE_MS)
  await delivery.takeIn()
  expect(bench.names('accepted')).toEqual(['1.csv'])
  await bench.restart().takeIn()
  expect([bench.names('accepted'), bench.names('rejected')]).toEqual([
    [],
    ['1.csv', '1.csv.report.csv', '1.csv.report.txt'],
  ])
})
