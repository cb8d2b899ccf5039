import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createManualClock, type ManualClock } from '../../test/support/manual-clock.ts'
import { createDropFolder, type DropFolder } from './drop-folder.ts'

const SETTLE_MS = 5000

let folder: string
let clock: ManualClock
let drops: DropFolder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-drops-'))
  clock = createManualClock()
  drops = createDropFolder(folder, SETTLE_MS, clock)
})

afterEach(() => rmSync(folder, { recursive: true }))

function put(name: string, text = 'x', ageSeconds = 0): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  const at = new Date(Date.now() - ageSeconds * 1000)
  utimesSync(path, at, at)
  return path
}

async function stableNames(): Promise<string[]> {
  return (await drops.look()).stable.map(({ name }) => name)
}

describe('a file', () => {
  it('is stable when two looks far enough apart show the same', async () => {
    put('a.csv')
    expect(await drops.look()).toMatchObject({ stable: [], waiting: ['a.csv'] })
    clock.advance(SETTLE_MS - 1)
    expect(await stableNames()).toEqual([])
    clock.advance(1)
    expect(await drops.look()).toMatchObject({ stable: [{ name: 'a.csv', sizeBytes: 1 }], waiting: [] })
  })

  it('fault 8: that grows between looks waits anew', async () => {
    const path = put('a.csv')
    await drops.look()
    clock.advance(SETTLE_MS)
    appendFileSync(path, 'y')
    expect(await drops.look()).toMatchObject({ stable: [], waiting: ['a.csv'] })
    clock.advance(SETTLE_MS)
    expect(await stableNames()).toEqual(['a.csv'])
  })

  it('fault 7: that is replaced by one of the same size and time waits anew', async () => {
    put('a.csv', 'x', 100)
    await drops.look()
    clock.advance(SETTLE_MS)
    put('b.tmp', 'y', 100)
    renameSync(join(folder, 'b.tmp'), join(folder, 'a.csv'))
    expect(await stableNames()).toEqual([])
  })

  it('waits anew when the clock was set back', async () => {
    put('a.csv')
    await drops.look()
    clock.advance(-3_600_000)
    expect(await stableNames()).toEqual([])
    clock.advance(SETTLE_MS)
    expect(await stableNames()).toEqual(['a.csv'])
  })

  it('that is older comes first, and of two of one age the one whose name sorts first', async () => {
    put('b.csv', 'x', 10)
    put('a.csv', 'x', 5)
    const at = new Date('2026-01-01T00:00:00Z')
    for (const name of ['d.csv', 'c.csv']) utimesSync(put(name), at, at)
    await drops.look()
    clock.advance(SETTLE_MS)
    expect(await stableNames()).toEqual(['c.csv', 'd.csv', 'b.csv', 'a.csv'])
  })
})

describe('what is no file to take', () => {
  it('is passed over: temporary names, hidden files, the note and the folders that lie there', async () => {
    for (const name of ['a.csv.part', 'a.csv.filepart', 'a.tmp', 'a.csv~', '.hidden.csv', 'README.md']) put(name)
    mkdirSync(join(folder, 'accepted'))
    mkdirSync(join(folder, 'more'))
    expect(await drops.look()).toEqual({ stable: [], waiting: [], refused: [] })
  })

  it('fault 10: is refused with its reason: links, pipes, folders, unsafe names, our own reports', async () => {
    put('real.tmp')
    symlinkSync(join(folder, 'real.tmp'), join(folder, 'link.csv'))
    symlinkSync('/nowhere', join(folder, 'dangling.csv'))
    execFileSync('mkfifo', [join(folder, 'pipe.csv')])
    mkdirSync(join(folder, 'folder.csv'))
    put('-rf.csv')
    put(`${'n'.repeat(251)}.csv`)
    put('bell\u0007.csv')
    put('users.csv.report.csv')
    put('users.zip.report.txt')
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xe4]), Buffer.from('.csv')]), 'x')
    const { refused, waiting, stable } = await drops.look()
    expect([waiting, stable]).toEqual([[], []])
    const reasons = new Map(refused.map(({ name, reason }) => [name, reason.slice(0, 22)]))
    expect(Object.fromEntries(reasons)).toEqual({
      'link.csv': 'is a link; put the fil',
      'dangling.csv': 'is a link; put the fil',
      'pipe.csv': 'is a device or a pipe,',
      'folder.csv': 'is a folder, not a fil',
      '-rf.csv': 'has a name that is not',
      [`${'n'.repeat(251)}.csv`]: 'has a name that is not',
      'bell\u0007.csv': 'has a name that is not',
      'users.csv.report.csv': 'is a report of flatgat',
      'users.zip.report.txt': 'is a report of flatgat',
      '\u{FFFD}.csv': 'has a name that is not',
    })
  })

  it('fault 11: takes names with blanks, in either Unicode form and of 200 bytes; each as it is spelled', async () => {
    const names = [
      'a b (1).csv',
      'e\u0301t\u00e9.csv',
      '\u00e9te\u0301.csv',
      `${'n'.repeat(196)}.csv`,
      '東京 – Übersicht.csv',
    ]
    for (const name of names) put(name)
    await drops.look()
    clock.advance(SETTLE_MS)
    expect((await stableNames()).toSorted()).toEqual(names.toSorted())
  })

  it.each([
    ['-rf.csv', 'refused'],
    ['bell\u0007.csv', 'refused'],
    ['line\nend.csv', 'refused'],
    [`${'n'.repeat(251)}.csv`, 'refused'],
    ['.dot.csv', 'passed over'],
  ] as const)('fault 11: leaves what is called %j, %s', async (name, outcome) => {
    put(name)
    put('good.csv')
    await drops.look()
    clock.advance(SETTLE_MS)
    const { stable, refused, waiting } = await drops.look()
    expect(stable.map(({ name: found }) => found)).toEqual(['good.csv'])
    expect(refused.map(({ name: found }) => found)).toEqual(outcome === 'refused' ? [name] : [])
    expect(waiting).toEqual([])
  })

  ;(process.getuid?.() === 0 ? it : it.skip)('fault 10: is refused where it is a device', async () => {
    execFileSync('mknod', [join(folder, 'null.csv'), 'c', '1', '3'])
    expect((await drops.look()).refused).toEqual([{ name: 'null.csv', reason: expect.stringMatching(/device/) }])
  })

  it('does not hide a file of the customer that is called a report', async () => {
    put('headcount.report.csv')
    expect(await drops.look()).toMatchObject({ waiting: ['headcount.report.csv'], refused: [] })
  })
})

it('a drop folder that is a file is an error that names it', async () => {
  const path = put('taken')
  const looking = createDropFolder(path, SETTLE_MS, clock).look()
  await expect(looking).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { path } })
})

describe('the sweep of a drop folder', () => {
  it('removes what a killed process left half-written, and nothing that a person put there', async () => {
    for (const own of ['accepted', 'rejected']) {
      mkdirSync(join(folder, own))
      for (const name of ['a.csv', '.0123456789abcdef.draft', 'a.csv.report.txt.draft', 'a.csv.report.csv.draft'])
        put(join(own, name))
      for (const name of ['plans.draft', 'a.csv.report.txt']) put(join(own, name))
    }
    expect(await drops.sweep()).toBe(6)
    for (const own of ['accepted', 'rejected'])
      expect(readdirSync(join(folder, own)).toSorted()).toEqual(['a.csv', 'a.csv.report.txt', 'plans.draft'])
  })

  it('looks at its first call, and again after an hour', async () => {
    expect(await drops.sweep()).toBe(0)
    mkdirSync(join(folder, 'accepted'))
    put('accepted/a.csv.report.txt.draft')
    expect(await drops.sweep()).toBe(0)
    clock.advance(3_600_000)
    expect(await drops.sweep()).toBe(1)
  })
})
