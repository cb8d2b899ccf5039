import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createContentStore } from '../src/delivery/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { openLocalStore } from '../src/transfer/index.ts'
import { type DeliveryBench, openDeliveryBench } from './support/delivery-bench.ts'
import { loginsOf, usersCsv } from './support/users-csv.ts'

let bench: DeliveryBench
let server: string

beforeEach(async () => {
  server = mkdtempSync(join(tmpdir(), 'flatgate-server-'))
  for (const folder of ['Incoming/Users', 'Incoming/Archive/Users'])
    mkdirSync(join(server, folder), { recursive: true })
  bench = await openDeliveryBench({ openStore: () => openLocalStore(server) })
})

afterEach(async () => {
  await bench.close()
  rmSync(server, { recursive: true })
})

const incoming = (): string => join(server, 'Incoming', 'Users')

describe('a delivery onto a folder of this machine', () => {
  it('places whole files in order and sees them taken', async () => {
    const delivery = bench.restart()
    bench.drop('hr.csv', usersCsv(5001))
    await bench.takeIn(delivery)
    await delivery.place()
    const names = readdirSync(incoming()).toSorted()
    expect(names).toHaveLength(2)
    const texts = names.map((name) => readFileSync(join(incoming(), name), 'utf8'))
    expect(loginsOf(...texts)).toEqual(loginsOf(usersCsv(5001)))
    for (const name of names) renameSync(join(incoming(), name), join(server, 'Incoming', 'Archive', 'Users', name))
    expect(await delivery.confirm()).toEqual([])
    expect(await bench.files()).toMatchObject([{ state: 'taken' }])
  })

  it('sends custom fields of the instance', async () => {
    const customFields = [{ name: 'Shift Lead', type: 'boolean' as const, required: false }]
    const schema = selectSchema(loadSchema('users', 'import'), { customFields })
    const delivery = bench.restart({}, { ...bench.flow, schema })
    const [header = '', row = ''] = usersCsv(1).split('\r\n')
    const text = `${header},"Shift Lead"\r\n${row},"Yes"\r\n`
    bench.drop('hr.csv', text)
    await bench.takeIn(delivery)
    await delivery.place()
    expect(readdirSync(incoming()).map((name) => readFileSync(join(incoming(), name), 'utf8'))).toEqual([text])
  })
})

const MEMORY = '/dev/shm'
const isOtherDisk = existsSync(MEMORY) && statSync(MEMORY).dev !== statSync(tmpdir()).dev

;(isOtherDisk ? it : it.skip)(
  'fault 12: a drop folder may lie on another file system than the state folder',
  async () => {
    const state = mkdtempSync(join(MEMORY, 'flatgate-state-'))
    try {
      const contents = createContentStore(join(state, 'store'), bench.tools.newId)
      const delivery = bench.restart({ contents })
      bench.drop('good.csv', usersCsv(1))
      bench.drop('bad.csv', usersCsv(1).replace('"active"', '"actve"'))
      await bench.takeIn(delivery)
      await delivery.place()
      expect(bench.names('accepted')).toEqual(['good.csv', 'good.csv.report.txt'])
      expect(bench.names('rejected')).toEqual(['bad.csv', 'bad.csv.report.csv', 'bad.csv.report.txt'])
      expect(readdirSync(incoming())).toHaveLength(1)
    } finally {
      rmSync(state, { recursive: true })
    }
  },
)
