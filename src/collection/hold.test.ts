import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  type CollectionBench,
  openCollectionBench,
  OUT_ARCHIVE,
  OUTGOING,
} from '../../test/support/collection-bench.ts'
import { failingLedger } from '../../test/support/failing-ledger.ts'
import { createFaultPlan } from '../../test/support/fault-plan.ts'
import { usersCsv } from '../../test/support/users-csv.ts'

const DAMAGED = usersCsv(2).slice(0, -20)

let bench: CollectionBench
/** Reference of the export that is held. */
let id: string
beforeEach(async () => {
  bench = await openCollectionBench()
  bench.export('a.csv', DAMAGED)
  const { files } = await bench.collect()
  id = files[0]?.id ?? ''
  expect((await bench.restart().held()).map((file) => file.id)).toEqual([id])
})
afterEach(() => bench.close())

const standing = async (): Promise<unknown> => {
  const file = await bench.ledger.findFile(id)
  return [file?.state, file?.reason]
}
const steps = async (): Promise<string[]> => (await bench.ledger.eventsOf(id)).map(({ step }) => step)

describe('a held export that is released', () => {
  it('is fetched again, published as it is, and acknowledged by the next pass like any other', async () => {
    expect(await bench.restart().decide(id, 'release')).toBe('published')
    expect(bench.published()).toEqual({ 'a.csv': DAMAGED })
    await bench.collect()
    expect([bench.remote(), bench.remote(OUT_ARCHIVE)]).toEqual([{}, { 'a.csv': DAMAGED }])
    expect(await standing()).toEqual([
      'collected',
      'release by a person; it was held because: it is damaged or incomplete: it ends inside a quoted field',
    ])
    expect(await steps()).toEqual(['fetched', 'checked', 'release', 'published', 'acknowledged'])
    expect(await bench.restart().held()).toEqual([])
  })

  it('is published by the next pass where the process dies in between', async () => {
    const plan = createFaultPlan(1, 'killed after', false)
    const dying = bench.restart({ ledger: failingLedger(bench.ledger, plan) }).decide(id, 'release')
    await Promise.race([dying, plan.killed])
    expect(bench.published()).toEqual({})
    await bench.collect()
    expect(bench.published()).toEqual({ 'a.csv': DAMAGED })
    expect(await standing()).toEqual(['collected', expect.any(String)])
    plan.bury()
    await expect(dying).rejects.toThrow('the process has ended')
  })

  it('stays held where the server has it no more, or has another file of its name', async () => {
    bench.disk.files.delete(`${OUTGOING}/a.csv`)
    await expect(bench.restart().decide(id, 'release')).rejects.toMatchObject({
      code: 'TRANSFER_NOT_FOUND',
      details: { reason: expect.stringContaining('`flatgate hold drop`') },
    })
    bench.export('a.csv', usersCsv(2))
    await expect(bench.restart().decide(id, 'release')).rejects.toMatchObject({ code: 'FILE_CHANGED' })
    expect(await standing()).toEqual(['held', expect.any(String)])
    expect([bench.published(), readdirSync(join(bench.flow.targetFolder, '.fetching'))]).toEqual([{}, []])
  })
})

describe('a held export that is dropped', () => {
  it('is neither published nor touched on the server, and waits for nobody any more', async () => {
    expect(await bench.restart().decide(id, 'drop')).toBe('dropped')
    expect(await bench.collect()).toEqual({ files: [], known: 1 })
    expect([bench.published(), bench.remote()]).toEqual([{}, { 'a.csv': DAMAGED }])
    await expect(bench.restart().decide(id, 'release')).rejects.toMatchObject({ code: 'HISTORY_UNKNOWN' })
  })
})
