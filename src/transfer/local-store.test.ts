import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { bodyOf, contentOf, describeRemoteStore } from '../../test/contract/remote-store.ts'
import { openLocalStore } from './local-store.ts'

describeRemoteStore('the local store', async () => {
  const root = await mkdtemp(join(tmpdir(), 'flatgate-local-'))
  await mkdir(join(root, 'Incoming/Users'), { recursive: true })
  return {
    store: await openLocalStore(root),
    folder: '/Incoming/Users',
    makeFolder: (path) => mkdir(join(root, path)),
    clear: () => rm(root, { recursive: true }),
  }
})

describe('the local store', () => {
  let outside: string
  let root: string

  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'flatgate-jail-'))
    root = join(outside, 'root')
    mkdirSync(join(root, 'in'), { recursive: true })
    writeFileSync(join(outside, 'theirs.csv'), 'theirs')
  })

  afterEach(() => rmSync(outside, { recursive: true }))

  it('needs a folder that exists', async () => {
    await expect(openLocalStore(join(root, 'none'))).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
  })

  it.each(['/../theirs.csv', '/in/../../theirs.csv', '../theirs.csv', '/in\\..\\theirs.csv', '/in/a\n.csv'])(
    'refuses the path %j',
    async (path) => {
      const store = await openLocalStore(root)
      const refusal = { code: 'TRANSFER_UNSAFE_NAME' }
      await expect(store.stat(path)).rejects.toMatchObject(refusal)
      await expect(contentOf(store, path)).rejects.toMatchObject(refusal)
      await expect(store.remove(path)).rejects.toMatchObject(refusal)
      await expect(store.publish(path, bodyOf('x'), { stagingPath: '/in/x.part' })).rejects.toMatchObject(refusal)
      await expect(store.publish('/in/x', bodyOf('x'), { stagingPath: path })).rejects.toMatchObject(refusal)
      expect(readFileSync(join(outside, 'theirs.csv'), 'utf8')).toBe('theirs')
    },
  )

  it('follows no link out of its root', async () => {
    symlinkSync(outside, join(root, 'out'))
    const store = await openLocalStore(root)
    await expect(store.stat('/out/theirs.csv')).rejects.toMatchObject({ code: 'TRANSFER_UNSAFE_NAME' })
    await expect(store.list('/out/')).rejects.toMatchObject({ code: 'TRANSFER_UNSAFE_NAME' })
  })

  it('neither lists nor opens a link to a file, nor writes through one', async () => {
    symlinkSync(join(outside, 'theirs.csv'), join(root, 'in/link.csv'))
    symlinkSync(join(outside, 'theirs.csv'), join(root, 'in/new.csv.part'))
    const store = await openLocalStore(root)
    expect(await store.list('/in')).toEqual([])
    await expect(store.stat('/in/link.csv')).rejects.toMatchObject({ code: 'FILE_UNSAFE' })
    await expect(contentOf(store, '/in/link.csv')).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    await store.publish('/in/new.csv', bodyOf('mine'), { stagingPath: '/in/new.csv.part' })
    expect(readFileSync(join(outside, 'theirs.csv'), 'utf8')).toBe('theirs')
    expect(readFileSync(join(root, 'in/new.csv'), 'utf8')).toBe('mine')
  })
})
