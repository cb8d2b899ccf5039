import { existsSync, readdirSync, utimesSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createIdMaker } from '../base/index.ts'
import { type ContentStore, createContentStore } from './content-store.ts'
import { pruneContents } from './prune-contents.ts'

const folder = useTempFolder()
const newId = createIdMaker()
const OLD = new Date('2026-01-01T00:00:00Z')
const storedBefore = new Date('2026-06-01T00:00:00Z')

const store = (): ContentStore => createContentStore(folder.path, newId)

async function stored(text: string, at?: Date): Promise<string> {
  const { sha256 } = await store().put(bytesOf(text))
  if (at !== undefined) utimesSync(store().pathOf(sha256), at, at)
  return sha256
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const isThere = (sha256: string): boolean => existsSync(store().pathOf(sha256))

describe('pruneContents', () => {
  it('removes what nobody needs, tells how much, and leaves no draft', async () => {
    const [gone, kept] = [await stored('twelve bytes', OLD), await stored('needed', OLD)]
    const pruning = { needed: new Set([kept]), storedBefore, newId }
    expect(await pruneContents(folder.path, pruning)).toEqual({ contents: 1, bytes: 12 })
    expect([gone, kept].map(isThere)).toEqual([false, true])
    expect(readdirSync(folder.at('drafts'))).toEqual([])
  })

  it('keeps what was stored lately: its file may not be in the ledger yet', async () => {
    const young = await stored('just accepted')
    expect(await pruneContents(folder.path, { needed: new Set(), storedBefore, newId })).toMatchObject({ contents: 0 })
    expect(isThere(young)).toBe(true)
  })

  it('keeps a content that is stored anew between the look and the removal', async () => {
    const content = await stored('dropped again', OLD)
    const path = store().pathOf(content)
    // The id is asked for between the two, as another process might come between them.
    const anewMeanwhile = (): string => {
      utimesSync(path, new Date(), new Date())
      return newId()
    }
    const pruning = { needed: new Set<string>(), storedBefore, newId: anewMeanwhile }
    expect(await pruneContents(folder.path, pruning)).toEqual({ contents: 0, bytes: 0 })
    expect(isThere(content)).toBe(true)
  })

  it('counts on trial, and removes nothing', async () => {
    const content = await stored('x', OLD)
    const pruning = { needed: new Set<string>(), storedBefore, newId, isTrial: true }
    expect(await pruneContents(folder.path, pruning)).toEqual({ contents: 1, bytes: 1 })
    expect(isThere(content)).toBe(true)
  })

  it('leaves alone what is no content, and a store that there is not', async () => {
    folder.write('ab/notes.txt', 'x')
    folder.write('README', 'x')
    folder.write('drafts/0123', 'x')
    const pruning = { needed: new Set<string>(), storedBefore: new Date('2100-01-01'), newId }
    expect(await pruneContents(folder.path, pruning)).toEqual({ contents: 0, bytes: 0 })
    expect(await pruneContents(folder.at('none'), pruning)).toEqual({ contents: 0, bytes: 0 })
    for (const name of ['ab/notes.txt', 'README', 'drafts/0123']) expect(existsSync(folder.at(name))).toBe(true)
  })
})
