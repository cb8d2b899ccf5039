import { existsSync } from 'node:fs'
import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { asDiskError, flushFile, flushFolder, isCode, moveWithoutReplacing, writeFileWhole } from './durable-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-durable-'))
})

afterEach(() => rm(folder, { recursive: true }))

const coded = (code: string): Error => Object.assign(new Error(code), { code })

describe('writing a file whole', () => {
  it('makes the folder, replaces an older file, and leaves no draft', async () => {
    const path = join(folder, 'a/b/report.txt')
    await writeFileWhole(path, 'older and longer')
    await writeFileWhole(path, 'ü')
    expect(await readFile(path, 'utf8')).toBe('ü')
    expect(await readdir(join(folder, 'a/b'))).toEqual(['report.txt'])
  })

  it('leaves the older file alone when the draft cannot get its name', async () => {
    const path = join(folder, 'report.txt')
    await mkdir(join(path, 'in-the-way'), { recursive: true })
    await expect(writeFileWhole(path, 'x')).rejects.toMatchObject({ syscall: 'rename' })
    expect(await readdir(folder)).toEqual(['report.txt'])
    expect(await readdir(path)).toEqual(['in-the-way'])
  })

  // A device that is always full; only Linux has one.
  it.each(existsSync('/dev/full') ? ['/dev/full'] : [])('says that the disk is full (%s)', async (device) => {
    const handle = await import('node:fs/promises').then(({ open }) => open(device, 'w'))
    const failure: unknown = await handle.writeFile('x').then(
      () => undefined,
      (error: unknown) => error,
    )
    await handle.close()
    expect(asDiskError(failure, 'report.txt')).toMatchObject({ code: 'DISK_FULL', details: { path: 'report.txt' } })
  })
})

describe('moving without replacing', () => {
  let from: string

  beforeEach(async () => {
    from = join(folder, 'hr.csv')
    await writeFile(from, 'mine')
  })

  const move = (name = 'hr.csv') => moveWithoutReplacing(from, join(folder, 'done'), name, '7k')
  const at = (name: string) => readFile(join(folder, 'done', name), 'utf8')

  it('makes the folder and keeps the name', async () => {
    expect(await move()).toBe(join(folder, 'done/hr.csv'))
    expect(await at('hr.csv')).toBe('mine')
    expect(existsSync(from)).toBe(false)
  })

  it.each([
    ['hr.csv', 'hr.7k.csv'],
    ['hr', 'hr.7k'],
    ['hr.v1.csv', 'hr.v1.7k.csv'],
  ])('puts the mark into %s where the name is taken', async (name, marked) => {
    await mkdir(join(folder, 'done'))
    await writeFile(join(folder, 'done', name), 'theirs')
    expect(await move(name)).toBe(join(folder, 'done', marked))
    expect([await at(name), await at(marked)]).toEqual(['theirs', 'mine'])
  })

  it('refuses where both names are taken, and moves nothing', async () => {
    await mkdir(join(folder, 'done'))
    for (const name of ['hr.csv', 'hr.7k.csv']) await writeFile(join(folder, 'done', name), 'theirs')
    await expect(move()).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
    expect(await readFile(from, 'utf8')).toBe('mine')
  })

  it.each(['hr.csv', 'hr.7k.csv'])('ends a move that was cut off between the two names (%s)', async (name) => {
    await mkdir(join(folder, 'done'))
    await writeFile(join(folder, 'done/hr.csv'), 'theirs')
    await rm(join(folder, 'done', name), { force: true })
    await link(from, join(folder, 'done', name))
    expect(await move()).toBe(join(folder, 'done', name))
    expect(await at(name)).toBe('mine')
    expect(existsSync(from)).toBe(false)
  })

  it('passes on that there is nothing to move', async () => {
    await rm(from)
    await expect(move()).rejects.toMatchObject({ code: 'ENOENT' })
  })

  // Linux keeps /dev/shm in memory: another file system than that of the temporary folder.
  it.each(existsSync('/dev/shm') ? ['/dev/shm'] : [])('refuses to move to another file system (%s)', async (other) => {
    const there = await mkdtemp(join(other, 'flatgate-durable-'))
    try {
      await expect(moveWithoutReplacing(from, there, 'hr.csv', '7k')).rejects.toMatchObject({ code: 'EXDEV' })
      expect(await readFile(from, 'utf8')).toBe('mine')
      expect(await readdir(there)).toEqual([])
    } finally {
      await rm(there, { recursive: true })
    }
  })
})

describe('flushing', () => {
  it('works on a file and on a folder, and needs them to be there', async () => {
    await writeFile(join(folder, 'a'), '')
    await flushFile(join(folder, 'a'))
    await flushFolder(folder)
    await expect(flushFile(join(folder, 'b'))).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(flushFolder(join(folder, 'b'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('the code of an error', () => {
  it('is known by its shape', () => {
    expect(isCode({ code: 'ENOENT' }, 'ENOENT')).toBe(true)
    expect([isCode({ code: 'EACCES' }, 'ENOENT'), isCode(null, 'ENOENT'), isCode('ENOENT', 'ENOENT')]).toEqual([
      false,
      false,
      false,
    ])
  })

  it.each(['ENOSPC', 'EDQUOT'])('%s is a full disk', (code) => {
    const cause = coded(code)
    expect(asDiskError(cause, '/a')).toMatchObject({ code: 'DISK_FULL', retry: 'safe', details: { path: '/a' }, cause })
  })

  it('of another kind leaves the error as it was', () => {
    const error = coded('EACCES')
    expect(asDiskError(error, '/a')).toBe(error)
  })
})
