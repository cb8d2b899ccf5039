import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { ARCHIVE, type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { failingLedger } from '../../test/support/failing-ledger.ts'
import { createFaultPlan } from '../../test/support/fault-plan.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import type { FileRecord } from '../ledger/index.ts'

const A = usersCsv(3)
const B = usersCsv(1, 50)

let bench: DeliveryBench
beforeEach(async () => {
  bench = await openDeliveryBench({ flow: { limits: { rows: 2, bytes: 8_000_000 } } })
})
afterEach(() => bench.close())

/** Drops a file; it is taken by the receiver before this comes back. */
async function deliver(name: string, content: string | Buffer): Promise<FileRecord> {
  const delivery = bench.restart()
  bench.drop(name, content)
  const [file] = await bench.takeIn(delivery)
  await delivery.place()
  bench.receive()
  await delivery.confirm()
  if (file === undefined) throw new Error(`${name} was not taken in`)
  return file
}
const texts = (folder?: string): string[] => Object.values(bench.remote(folder))
const steps = async (id: string): Promise<unknown[]> =>
  (await bench.ledger.eventsOf(id)).map(({ step, facts }) => [step, facts])

describe('a resend', () => {
  it('sends the same bytes under new names, and each file names the other', async () => {
    const { id } = await deliver('hr.csv', A)
    const before = bench.remote(ARCHIVE)
    const [again] = await bench.restart().resend({ fileId: id }, false)
    expect(again).toMatchObject({
      state: 'prepared',
      name: 'hr.csv',
      origin: `resend of ${id}`,
      earlierId: id,
      rows: 3,
    })
    await bench.restart().place()
    expect(texts()).toEqual(Object.values(before))
    expect(Object.keys(bench.remote())).toEqual(['users_20261120_040005Z_0003.csv', 'users_20261120_040005Z_0004.csv'])
    const names = 'users_20261120_040005Z_0001.csv users_20261120_040005Z_0002.csv'
    expect(await steps(id)).toContainEqual(['resend-ordered', { as: again?.id, parts: names }])
    expect(await steps(again?.id ?? '')).toContainEqual(['resent', { by: 'a person', of: id, parts: 2, names }])
    const report = bench.text(`accepted/hr.${again?.id}.csv.report.txt`)
    expect(report).toContain(`Note: it was sent on purpose with the content of hr.csv, reference ${id}, which is taken`)
    expect(bench.text('accepted/hr.csv.report.txt')).not.toContain('on purpose')
  })

  it('of one part sends that part alone', async () => {
    const { id } = await deliver('hr.csv', A)
    const [, second] = await bench.parts(id)
    await bench.restart().resend({ fileId: id, partId: second?.id ?? '' }, false)
    await bench.restart().place()
    expect(texts()).toEqual([bench.remote(ARCHIVE)[second?.name ?? '']])
    // One part is not the file: what comes after it is not compared with the whole.
    await deliver('b.csv', B)
    expect(await deliver('hr.csv', A)).toMatchObject({ state: 'held' })
  })

  it('of an archive sends each member of which something was sent', async () => {
    const zip = new AdmZip()
    zip.addFile('a.csv', Buffer.from(usersCsv(1, 1)))
    zip.addFile('b.csv', Buffer.from(usersCsv(1, 2)))
    zip.addFile('bad.csv', Buffer.from(usersCsv(1, 3).replace('"active"', '"actve"')))
    const { id } = await deliver('some.zip', zip.toBuffer())
    expect(await bench.restart().resend({ fileId: id }, false)).toMatchObject([{ name: 'a.csv' }, { name: 'b.csv' }])
    await bench.restart().place()
    expect(texts()).toEqual([usersCsv(1, 1), usersCsv(1, 2)])
  })

  it('may be made again, and is then no obstacle to itself', async () => {
    const { id } = await deliver('hr.csv', B)
    await bench.restart().resend({ fileId: id }, false)
    await bench.restart().place()
    bench.receive()
    await bench.restart().confirm()
    expect(await bench.restart().planResend({ fileId: id })).toMatchObject({ newer: [] })
    await bench.restart().resend({ fileId: id }, false)
    await bench.restart().place()
    expect([...texts(ARCHIVE), ...texts()]).toEqual([B, B, B])
  })

  it('goes on after a crash in which it was written down, and not otherwise', async () => {
    const { id } = await deliver('hr.csv', B)
    for (const [mode, files] of [
      ['killed before', 1],
      ['killed after', 2],
    ] as const) {
      const plan = createFaultPlan(1, mode, false)
      const dying = bench.restart({ ledger: failingLedger(bench.ledger, plan) }).resend({ fileId: id }, false)
      await Promise.race([dying, plan.killed])
      plan.bury()
      await expect(dying).rejects.toThrow('the process has ended')
      await bench.restart().place()
      expect(await bench.files()).toHaveLength(files)
      expect(texts()).toHaveLength(files - 1)
    }
  })
})

describe('a resend is refused, and nothing is written', () => {
  const refused = async (fileId: string, code: string, reason = /./): Promise<void> => {
    const before = await bench.files()
    await expect(bench.restart().resend({ fileId }, false)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(reason),
    })
    expect(await bench.files()).toEqual(before)
  }

  it('where something newer was sent to the same place since, which it names, unless a person insists', async () => {
    const { id } = await deliver('old.csv', A)
    const newer = await deliver('new.csv', B)
    await refused(id, 'RESEND_OVERTAKEN', new RegExp(`new\\.csv \\(accepted 2026.*, taken, reference ${newer.id}\\)`))
    expect(await bench.restart().planResend({ fileId: id })).toMatchObject({ newer: [{ id: newer.id }] })
    const [again] = await bench.restart().resend({ fileId: id }, true)
    expect(await steps(again?.id ?? '')).toContainEqual(['resent', expect.objectContaining({ newer: newer.id })])
  })

  it('also where the newer one only waits to be placed, and not where it was rejected', async () => {
    const { id } = await deliver('old.csv', A)
    await deliver('bad.csv', usersCsv(1, 90).replace('"active"', '"actve"'))
    expect(await bench.restart().planResend({ fileId: id })).toMatchObject({ newer: [] })
    bench.drop('new.csv', B)
    await bench.takeIn(bench.restart())
    await refused(id, 'RESEND_OVERTAKEN')
  })

  it('while it is still on its way, or lies where the receiver will take it', async () => {
    bench.drop('hr.csv', B)
    const [file] = await bench.takeIn(bench.restart())
    await refused(file?.id ?? '', 'RESEND_UNSETTLED', /state=prepared/)
    await bench.restart().place()
    await refused(file?.id ?? '', 'RESEND_UNSETTLED', /state=placed/)
  })

  it('where nothing of it was ever sent; a repeat names the one to resend', async () => {
    const first = await deliver('hr.csv', B)
    const repeat = await deliver('hr.csv', B)
    await refused(repeat.id, 'USAGE', new RegExp(`it repeats ${first.id}: resend that one`))
    const bad = await deliver('bad.csv', usersCsv(1, 90).replace('"active"', '"actve"'))
    await refused(bad.id, 'USAGE', /nothing of it was ever sent, it is rejected/)
    await refused('0000000000000000', 'HISTORY_UNKNOWN')
  })

  it('where its bytes are not in the store any more', async () => {
    const { id } = await deliver('hr.csv', B)
    const [part] = await bench.parts(id)
    rmSync(bench.contents.pathOf(part?.sha256 ?? ''))
    await refused(id, 'RESEND_GONE')
  })

  it('where the flow sends to another place by now', async () => {
    const { id } = await deliver('hr.csv', B)
    const elsewhere = bench.restart({}, { ...bench.flow, remoteFolder: '/Incoming/Users2' })
    await expect(elsewhere.resend({ fileId: id }, false)).rejects.toMatchObject({ code: 'USAGE' })
  })
})
