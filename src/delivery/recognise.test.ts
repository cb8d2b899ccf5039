import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import AdmZip from 'adm-zip'
import { type DeliveryBench, INCOMING, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import type { FileRecord } from '../ledger/index.ts'
import type { ImportFlow } from './flow.ts'

const A = usersCsv(2)
const B = usersCsv(1, 50)
const BAD = usersCsv(1, 90).replace('"active"', '"actve"')

let bench: DeliveryBench
beforeEach(async () => {
  bench = await openDeliveryBench()
})
afterEach(() => bench.close())

/** Drops a file and lets a pass do all it can. @returns The file with its members, as they are then. */
async function drop(name: string, content: string | Buffer, flow?: ImportFlow): Promise<readonly FileRecord[]> {
  const delivery = bench.restart({}, flow)
  bench.drop(flow === undefined ? name : join('..', flow.name, name), content)
  const files = await bench.takeIn(delivery)
  await delivery.place()
  return Promise.all(files.map(async ({ id }) => (await bench.ledger.findFile(id)) ?? files[0]!))
}
const sent = (): string[] => Object.values(bench.remote())
const states = async (): Promise<unknown[]> => (await bench.files()).map(({ name, state }) => `${name} ${state}`)
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const zip = new AdmZip()
  for (const [name, text] of Object.entries(files)) zip.addFile(name, Buffer.from(text))
  return zip.toBuffer()
}

describe('the same content, dropped again', () => {
  it('is not sent, and its report says of which file it is the repeat and how to send it on purpose', async () => {
    const [first] = await drop('hr.csv', A)
    const [again] = await drop('again.csv', A)
    expect(again).toMatchObject({
      state: 'repeated',
      earlierId: first?.id,
      reason: `same content as hr.csv of 2026-11-20 04:00:05Z (placed, reference ${first?.id})`,
    })
    expect(sent()).toEqual([A])
    const report = bench.text(`accepted/again.csv.report.txt`)
    expect(report).toContain(`again.csv was NOT sent to Coupa: ${again?.reason}.`)
    expect(report).toContain(`flatgate resend ${first?.id} `)
    expect(report).toContain('flatgate send FILE --flow users --force')
    expect(bench.text('accepted/hr.csv.report.txt')).toContain('2 rows in 1 file for Coupa')
  })

  it.each(['dropped', 'sent by hand'])(
    'under the same name, %s, lies beside the first with its own report',
    async (how) => {
      await drop('hr.csv', A)
      if (how === 'dropped') await drop('hr.csv', A)
      else {
        await bench.restart().takeInCopy({ path: bench.drop('elsewhere/hr.csv', A), name: 'hr.csv' })
        await bench.restart().takeIn()
      }
      const [, second] = await bench.files()
      expect(second?.state).toBe('repeated')
      expect(bench.names('accepted')).toEqual(
        ['hr.csv', 'hr.csv.report.txt', `hr.${second?.id}.csv`, `hr.${second?.id}.csv.report.txt`].sort(),
      )
      expect(bench.text('accepted/hr.csv.report.txt')).not.toContain('NOT sent')
    },
  )

  it('is a repeat of the first, however often it comes, and of one that waits to be sent', async () => {
    const delivery = bench.restart()
    for (const name of ['1.csv', '2.csv', '3.csv']) bench.drop(name, A)
    await bench.takeIn(delivery)
    const [first, ...others] = await bench.files()
    expect(first?.state).toBe('prepared')
    expect(others.map(({ state, earlierId }) => [state, earlierId])).toEqual([
      ['repeated', first?.id],
      ['repeated', first?.id],
    ])
    await delivery.place()
    expect(sent()).toEqual([A])
  })

  it('is judged anew where the earlier one was rejected or dropped: nothing of it was sent', async () => {
    await drop('bad.csv', BAD)
    const lenient = { ...bench.flow, ignoredRules: ['C405'] }
    bench.drop('bad.csv', BAD)
    await bench.takeIn(bench.restart({}, lenient))
    await drop('a.csv', A)
    await drop('b.csv', B)
    const [held] = await drop('a.csv', A)
    await bench.restart().decideFile(held?.id ?? '', 'drop')
    expect(await states()).toEqual(
      ['bad.csv rejected', 'bad.csv prepared', 'a.csv placed', 'b.csv placed', 'a.csv dropped'].map((text) =>
        text.replace('bad.csv prepared', 'bad.csv placed'),
      ),
    )
  })

  it('is no repeat where it goes to another folder, and is one where another flow brings it to the same', async () => {
    await drop('hr.csv', A)
    const elsewhere = {
      ...bench.flow,
      name: 'users-2',
      dropFolder: join(bench.folder, 'users-2'),
      remoteFolder: '/Incoming/Users2',
    }
    bench.disk.folders.add('/Incoming/Users2')
    expect(await drop('hr.csv', A, elsewhere)).toMatchObject([{ state: 'placed' }])
    const same = { ...bench.flow, name: 'users-3', dropFolder: join(bench.folder, 'users-3') }
    expect(await drop('hr.csv', A, same)).toMatchObject([{ state: 'repeated' }])
    expect(sent()).toEqual([A])
  })
})

describe('the same content behind a newer file', () => {
  let held: FileRecord | undefined
  beforeEach(async () => {
    await drop('monday.csv', A)
    await drop('tuesday.csv', B)
    ;[held] = await drop('monday.csv', A)
  })

  it('is held, because nobody can know whether the old state is wanted again', async () => {
    expect(held?.state).toBe('held')
    expect(held?.reason).toMatch(
      /^same content as monday\.csv .*placed.*, but tuesday\.csv came after it: is the old state/,
    )
    expect(bench.text(`accepted/monday.${held?.id}.csv.report.txt`)).toContain(`flatgate hold release ${held?.id} `)
    expect(sent()).toEqual([A, B])
    expect(await bench.restart().heldFiles()).toMatchObject([{ id: held?.id }])
  })

  it('is sent when a person releases it, and its report says that this was meant', async () => {
    expect(await bench.restart().decideFile(held?.id ?? '', 'release')).toBe('accepted')
    await bench.restart().takeIn()
    await bench.restart().place()
    expect(sent()).toEqual([A, B, A])
    const [first] = await bench.files()
    expect(bench.text(`accepted/monday.${held?.id}.csv.report.txt`)).toContain(
      `sent on purpose with the content of monday.csv, reference ${first?.id}`,
    )
  })

  it('goes behind what was accepted since when it is released, in names, in placing and for what comes later', async () => {
    const C = usersCsv(1, 70)
    bench.drop('wednesday.csv', C)
    await bench.takeIn(bench.restart())
    await bench.restart().decideFile(held?.id ?? '', 'release')
    await bench.restart().takeIn()
    await bench.restart().place()
    expect(sent()).toEqual([A, B, C, A])
    const placed = (await bench.parts()).toSorted((a, b) => Number(a.placedAt) - Number(b.placedAt))
    expect(placed.map(({ name }) => name)).toEqual(placed.map(({ name }) => name).toSorted())
    expect(await drop('wednesday.csv', C)).toMatchObject([{ state: 'held' }])
    expect(await drop('monday.csv', A)).toMatchObject([{ state: 'held' }])
  })

  it('is not sent when a person drops it', async () => {
    expect(await bench.restart().decideFile(held?.id ?? '', 'drop')).toBe('dropped')
    await bench.restart().takeIn()
    await bench.restart().place()
    expect(sent()).toEqual([A, B])
  })

  it('is a plain repeat where what came in between was not sent', async () => {
    await drop('wednesday.csv', usersCsv(1, 60))
    await drop('broken.csv', BAD)
    await drop('header.csv', usersCsv(0))
    expect(await drop('wednesday-again.csv', usersCsv(1, 60))).toMatchObject([{ state: 'repeated' }])
  })
})

describe('a repeat that is meant', () => {
  it('is sent where the flow says that its source repeats on purpose', async () => {
    await drop('hr.csv', A)
    const flow = { ...bench.flow, repeats: 'send' as const }
    bench.drop('hr.csv', A)
    const delivery = bench.restart({}, flow)
    await bench.takeIn(delivery)
    await delivery.place()
    expect(sent()).toEqual([A, A])
  })

  it('is sent where a person orders it, and the history shows that one did', async () => {
    const [first] = await drop('hr.csv', A)
    const path = bench.drop('elsewhere/hr.csv', A)
    const [forced] = await bench.restart().takeInCopy({ path, name: 'hr.csv', order: 'a person' })
    await bench.restart().takeIn()
    await bench.restart().place()
    expect(sent()).toEqual([A, A])
    expect(await bench.ledger.findFile(forced?.id ?? '')).toMatchObject({ state: 'placed', earlierId: first?.id })
    expect(await bench.ledger.eventsOf(forced?.id ?? '')).toContainEqual(
      expect.objectContaining({ step: 'ordered', facts: { by: 'a person' } }),
    )
  })
})

describe('an archive', () => {
  it('that repeats another is not opened again', async () => {
    // Made once: an archive holds the time at which it was.
    const zip = zipOf({ 'a.csv': A, 'b.csv': B })
    await drop('1.zip', zip)
    expect(await drop('2.zip', zip)).toMatchObject([{ state: 'repeated' }])
    expect(await states()).toEqual(['1.zip unpacked', 'a.csv placed', 'b.csv placed', '2.zip repeated'])
  })

  it('is opened again where a member was rejected; what was sent is recognised member by member', async () => {
    const zip = zipOf({ 'a.csv': A, 'b.csv': B, 'bad.csv': BAD })
    await drop('1.zip', zip)
    await drop('1.zip', zip)
    expect((await states()).slice(4)).toEqual([
      '1.zip unpacked',
      'a.csv repeated',
      'b.csv repeated',
      'bad.csv rejected',
    ])
    expect(sent()).toEqual([A, B])
  })

  it('has members that are decided each by itself: new, repeated, or held behind a newer one', async () => {
    await drop('a.csv', A)
    await drop('1.zip', zipOf({ '1.csv': A, '2.csv': B, '3.csv': B, '4.csv': A }))
    expect((await states()).slice(1)).toEqual([
      '1.zip unpacked',
      '1.csv repeated',
      '2.csv placed',
      '3.csv repeated',
      '4.csv held',
    ])
    expect(sent()).toEqual([A, B])
    expect(bench.text('accepted/1.zip.report.txt')).toContain('1.csv: repeated (same content as a.csv')
  })

  it('is sent whole where a person orders it', async () => {
    const zip = zipOf({ 'a.csv': A, 'b.csv': B })
    await drop('1.zip', zip)
    await bench.restart().takeInCopy({ path: bench.drop('elsewhere/1.zip', zip), name: '1.zip', order: 'a person' })
    await bench.restart().takeIn()
    await bench.restart().place()
    expect(sent()).toEqual([A, B, A, B])
  })
})

describe('two flows to one place, judged side by side', () => {
  it('do not both send a content: the second finds it when it would write its parts down', async () => {
    const other = { ...bench.flow, name: 'users-2', dropFolder: join(bench.folder, 'users-2') }
    await bench.restart().takeInCopy({ path: bench.drop('elsewhere/1.csv', A), name: '1.csv' })
    await bench.restart({}, other).takeInCopy({ path: bench.drop('elsewhere/2.csv', A), name: '2.csv' })
    // The other flow is through before the first one, which has looked already, writes its verdict down.
    let isFirst = true
    const { ledger } = bench.tools
    const late = {
      ...ledger,
      findSameContent: async (...question: Parameters<typeof ledger.findSameContent>) => {
        const found = await ledger.findSameContent(...question)
        if (isFirst) {
          isFirst = false
          await bench.restart({}, other).takeIn()
        }
        return found
      },
    }
    expect(await bench.restart({ ledger: late }).takeIn()).toMatchObject({ failure: { code: 'FLOW_BUSY' } })
    expect(await states()).toEqual(['1.csv accepted', '2.csv prepared'])
    await bench.restart().takeIn()
    expect(await states()).toEqual(['1.csv repeated', '2.csv prepared'])
    await bench.restart({}, other).place()
    expect(Object.keys(bench.remote(INCOMING))).toHaveLength(1)
  })
})
