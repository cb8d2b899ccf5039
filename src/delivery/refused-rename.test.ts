import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { openScriptedBench, type ScriptedBench } from '../../test/servers/scripted-store.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { createConnection } from '../transfer/index.ts'

let bench: DeliveryBench
let server: ScriptedBench
beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { remoteFolder: '/in', archiveFolders: ['/archive'] } })
  server = openScriptedBench()
  mkdirSync(join(server.root, 'archive'))
})
afterEach(async () => {
  await server.clear()
  await bench.close()
})

it.each([2, 3, 4])(
  'a part whose rename was carried out and answered with status %i is not sent twice',
  async (status) => {
    const { open } = await server.start({
      // A repeated request over NFS (2), a virtual server that may not set attributes afterwards (3), or anything (4).
      script: ({ kind, nth, path }) => {
        if (kind !== 'RENAME' || nth !== 1) return undefined
        renameSync(join(server.root, `${path}.part`), join(server.root, path))
        return status
      },
    })
    const retry = { attempts: 1, firstWaitMs: 1 }
    const place = () => bench.restart({ connection: createConnection('sftp', () => open()), retry }).place()
    bench.drop('1.csv', usersCsv(1))
    await bench.takeIn(bench.restart())
    let arrivals = 0
    const receive = () => {
      for (const name of readdirSync(join(server.root, 'in')).filter((one) => one.endsWith('.csv'))) {
        renameSync(join(server.root, 'in', name), join(server.root, 'archive', name))
        arrivals += 1
      }
    }
    expect((await place()).placed).toHaveLength(1)
    receive()
    expect((await place()).placed).toHaveLength(0)
    receive()
    expect(arrivals).toBe(1)
  },
)
