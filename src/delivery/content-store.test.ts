import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createIdMaker } from '../base/index.ts'
import { type ContentStore, createContentStore } from './content-store.ts'

let folder: string
let contents: ContentStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-contents-'))
  contents = createContentStore(join(folder, 'store'), createIdMaker())
})

afterEach(() => rmSync(folder, { recursive: true }))

async function* bytes(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

async function textOf(sha256: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of contents.read(sha256)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

const drafts = (): readonly string[] => readdirSync(join(folder, 'store', 'drafts'))

describe('a content', () => {
  it('is found by the hash of its bytes, and lies there once however often it comes', async () => {
    const sha256 = createHash('sha256').update('abc').digest('hex')
    expect(await contents.put(bytes('a', '', 'bc'))).toEqual({ sha256, sizeBytes: 3 })
    expect(await contents.put(bytes('abc'))).toEqual({ sha256, sizeBytes: 3 })
    expect(await textOf(sha256)).toBe('abc')
    expect(readdirSync(join(folder, 'store', sha256.slice(0, 2)))).toEqual([sha256])
    expect(drafts()).toEqual([])
  })

  it('leaves nothing when its source breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a')
      throw new Error('gone')
    }
    await expect(contents.put(broken())).rejects.toThrow('gone')
    expect(drafts()).toEqual([])
  })

  it('that is missing or changed on the disk is never read to its end', async () => {
    const { sha256 } = await contents.put(bytes('abc'))
    writeFileSync(contents.pathOf(sha256), 'abd')
    await expect(textOf(sha256)).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
    rmSync(contents.pathOf(sha256))
    await expect(textOf(sha256)).rejects.toMatchObject({ code: 'STORE_DAMAGED' })
  })
})

describe('a draft', () => {
  it('that is thrown away at once leaves nothing', async () => {
    const draft = await contents.draft()
    await draft.discard()
    expect(drafts()).toEqual([])
  })

  it('that a crash left is swept when nobody has written to it for long, and no other', async () => {
    const old = await contents.draft()
    const [left = ''] = drafts()
    const at = new Date('2026-01-01T00:00:00Z')
    utimesSync(join(folder, 'store', 'drafts', left), at, at)
    const young = await contents.draft()
    expect(await contents.sweep(new Date('2026-01-02T00:00:00Z'))).toBe(1)
    await young.write(Buffer.from('abc'))
    expect(existsSync(contents.pathOf((await young.commit()).sha256))).toBe(true)
    await old.discard()
  })

  it('is nowhere to be swept in a store that was never written to', async () => {
    expect(await contents.sweep(new Date())).toBe(0)
  })
})

it('a store whose folder is a file says so', async () => {
  writeFileSync(join(folder, 'store'), 'x')
  await expect(contents.put(bytes('a'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})
