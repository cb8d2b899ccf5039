import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench, SETTLE_MS } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import { acceptDropped, resumeClaims } from './claim.ts'
import { createDropFolder, type StableFile } from './drop-folder.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

/** Drops a file and looks at it until it is stable. */
async function looked(name: string, content = usersCsv(1)): Promise<StableFile> {
  bench.drop(name, content)
  const drops = createDropFolder(bench.flow.dropFolder, SETTLE_MS, bench.clock)
  await drops.look()
  bench.clock.advance(SETTLE_MS)
  const found = (await drops.look()).stable.find((file) => file.name === name)
  if (found === undefined) throw new Error(`${name} is not stable`)
  return found
}

const accept = (file: StableFile): ReturnType<typeof acceptDropped> => acceptDropped(bench.tools, bench.flow, file)

describe('claiming', () => {
  it('fault 7: finds nothing to do when the file was deleted since the look', async () => {
    const file = await looked('a.csv')
    rmSync(join(bench.flow.dropFolder, 'a.csv'))
    expect(await accept(file)).toBeUndefined()
    expect(await bench.files()).toEqual([])
  })

  it('fault 7: puts a file back that has changed since the look', async () => {
    const file = await looked('a.csv')
    appendFileSync(join(bench.flow.dropFolder, 'a.csv'), 'more')
    await expect(accept(file)).rejects.toMatchObject({ code: 'FILE_CHANGED' })
    expect([bench.names(), bench.names('.claimed')]).toEqual([['a.csv'], []])
    expect(await bench.files()).toEqual([])
  })

  it.each([
    ['a link', (path: string) => symlinkSync('/etc/hosts', path)],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('puts back %s that took the place of the file', async (_name, replace) => {
    const file = await looked('a.csv')
    const path = join(bench.flow.dropFolder, 'a.csv')
    rmSync(path)
    replace(path)
    await expect(accept(file)).rejects.toMatchObject({ code: 'FILE_CHANGED' })
    expect(bench.names('.claimed')).toEqual([])
    expect(await bench.files()).toEqual([])
  })

  it('fault 4: puts the file back when the disk is full', async () => {
    const file = await looked('a.csv')
    const { GatewayError } = await import('../base/index.ts')
    const contents = { ...bench.contents, put: () => Promise.reject(new GatewayError('DISK_FULL', { path: 'store' })) }
    const accepting = acceptDropped({ ...bench.tools, contents }, bench.flow, file)
    await expect(accepting).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect([bench.names(), bench.names('.claimed')]).toEqual([['a.csv'], []])
  })

  it('fault 7: never replaces a file that came under the same name meanwhile', async () => {
    const file = await looked('a.csv', 'old')
    const path = join(bench.flow.dropFolder, 'a.csv')
    const contents = {
      ...bench.contents,
      async put(): Promise<never> {
        writeFileSync(path, 'new')
        throw new Error('broken')
      },
    }
    await expect(acceptDropped({ ...bench.tools, contents }, bench.flow, file)).rejects.toThrow('broken')
    expect(
      bench
        .names()
        .map((name) => bench.text(name))
        .toSorted(),
    ).toEqual(['new', 'old'])
  })
})

describe('what lies in the claim folder at the start', () => {
  const claimed = (entry: string): string => join(bench.flow.dropFolder, '.claimed', entry)

  it('goes back to the drop folder when it was not accepted', async () => {
    const path = bench.drop('a.csv', 'x')
    mkdirSync(claimed('.'))
    renameSync(path, claimed('0123456789abcdef__a.csv'))
    expect(await resumeClaims(bench.tools, bench.flow)).toEqual({ filedAway: 0, putBack: 1, foreign: [] })
    expect([bench.names(), bench.names('.claimed')]).toEqual([['a.csv'], []])
  })

  it('goes on to accepted when it was', async () => {
    const file = await accept(await looked('a.csv'))
    renameSync(join(bench.flow.dropFolder, 'accepted', 'a.csv'), claimed(`${file?.id}__a.csv`))
    expect(await resumeClaims(bench.tools, bench.flow)).toEqual({ filedAway: 1, putBack: 0, foreign: [] })
    expect([bench.names(), bench.names('accepted'), bench.names('.claimed')]).toEqual([[], ['a.csv'], []])
  })

  it('is left alone when flatgate did not put it there', async () => {
    mkdirSync(claimed('.'))
    const names = ['users.csv', '0123456789abcdef__.hidden', 'NO__users.csv']
    for (const name of names) writeFileSync(claimed(name), 'x')
    expect(await resumeClaims(bench.tools, bench.flow)).toMatchObject({ foreign: names.toSorted() })
    expect(bench.names('.claimed')).toEqual(names.toSorted())
  })

  it('does not keep others from being taken in, even a folder whose name is taken', async () => {
    mkdirSync(claimed('0123456789abcdef__a.csv'), { recursive: true })
    mkdirSync(join(bench.flow.dropFolder, 'a.csv', 'full'), { recursive: true })
    bench.drop('b.csv', usersCsv(1))
    await bench.takeIn(bench.restart())
    expect(await bench.files()).toMatchObject([{ name: 'b.csv', state: 'prepared' }])
  })
})

it('one file that cannot be taken does not keep the others from it', async () => {
  const delivery = bench.restart()
  bench.drop('1.csv', usersCsv(1, 1))
  bench.drop('2.csv', usersCsv(1, 2))
  await delivery.takeIn()
  bench.clock.advance(SETTLE_MS)
  const { GatewayError } = await import('../base/index.ts')
  let calls = 0
  const contents = {
    ...bench.contents,
    put(bytes: AsyncIterable<Uint8Array>) {
      calls += 1
      return calls === 2
        ? Promise.reject(new GatewayError('FILE_UNREADABLE', { path: '1.csv' }))
        : bench.contents.put(bytes)
    },
  }
  const other = bench.restart({ contents })
  await other.takeIn()
  bench.clock.advance(SETTLE_MS)
  const first = await other.takeIn()
  expect(first.failure).toBeUndefined()
  expect(first.look.refused).toMatchObject([{ name: '2.csv', reason: expect.stringContaining('FILE_UNREADABLE') }])
  expect(await bench.files()).toMatchObject([{ name: '1.csv', state: 'prepared' }])
  expect(bench.names()).toEqual(['2.csv'])
})
