import { existsSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { pruneDropFolder } from './prune-drop-folder.ts'

const folder = useTempFolder()
const PAST = new Date('2020-01-01T00:00:00Z')
const FUTURE = new Date('2100-01-01T00:00:00Z')

describe('pruneDropFolder', () => {
  it('removes files with their reports from the one folder, and counts them', async () => {
    for (const name of ['a.csv', 'a.csv.report.txt', 'a.csv.report.csv']) folder.write(`rejected/${name}`, 'x')
    folder.write('accepted/b.csv', 'x')
    folder.write('c.csv', 'x')
    expect(await pruneDropFolder(folder.path, { kind: 'rejected', before: FUTURE, isTrial: true })).toBe(3)
    expect(existsSync(folder.at('rejected/a.csv'))).toBe(true)
    expect(await pruneDropFolder(folder.path, { kind: 'rejected', before: FUTURE })).toBe(3)
    expect(existsSync(folder.at('rejected/a.csv'))).toBe(false)
    for (const name of ['accepted/b.csv', 'c.csv']) expect(existsSync(folder.at(name))).toBe(true)
  })

  it('takes a file that was written years ago and dropped today for new', async () => {
    utimesSync(folder.write('accepted/old.csv', 'x'), PAST, PAST)
    expect(await pruneDropFolder(folder.path, { kind: 'accepted', before: new Date('2021-01-01') })).toBe(0)
    expect(await pruneDropFolder(folder.path, { kind: 'accepted', before: FUTURE })).toBe(1)
  })

  it('leaves folders, links, hidden files and notes alone', async () => {
    mkdirSync(folder.at('accepted/kept'), { recursive: true })
    folder.write('elsewhere.csv', 'x')
    symlinkSync(folder.at('elsewhere.csv'), folder.at('accepted/link.csv'))
    folder.write('accepted/.hidden', 'x')
    folder.write('accepted/README.md', 'x')
    expect(await pruneDropFolder(folder.path, { kind: 'accepted', before: FUTURE })).toBe(0)
    expect(existsSync(folder.at('elsewhere.csv'))).toBe(true)
  })

  it('has nothing to do where there is no such folder', async () => {
    expect(await pruneDropFolder(folder.at('none'), { kind: 'accepted', before: FUTURE })).toBe(0)
  })
})
