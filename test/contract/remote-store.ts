import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { GatewayError } from '../../src/base/index.ts'
import type { RemoteStore } from '../../src/transfer/index.ts'

/** A place with nothing in it but one empty folder, and a store that is open on it. */
export interface RemoteStorePlace {
  readonly store: RemoteStore
  /** The empty folder, as the store spells it. */
  readonly folder: string
  /** Makes a folder behind the store's back. */
  makeFolder(path: string): Promise<void>
  /** Removes the place. */
  clear(): Promise<void>
}

/** Bytes that show when a block is lost, doubled or out of order. */
function pattern(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + (index >> 8) * 7 + (index >> 16)) & 0xff
  return bytes
}

/** A body that gives the bytes in chunks of the size. */
export async function* bodyOf(bytes: Uint8Array | string, chunkBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  for (let at = 0; at < whole.length; at += chunkBytes) yield whole.subarray(at, at + chunkBytes)
}

async function* brokenAfter(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new Error('the source went away')
}

/** The bytes that a store gives for a path. */
export async function contentOf(store: RemoteStore, path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of store.read(path)) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}

/** What every {@link RemoteStore} does. Call it once for each kind of store. */
export function describeRemoteStore(kind: string, openPlace: () => Promise<RemoteStorePlace>): void {
  describe(`${kind} keeps the RemoteStore contract`, () => {
    let place: RemoteStorePlace
    let store: RemoteStore
    let file: string
    let staging: string

    beforeEach(async () => {
      place = await openPlace()
      store = place.store
      file = `${place.folder}/users_0001.csv`
      staging = `${place.folder}/users_0001.csv.part`
    })

    afterEach(async () => {
      await store.close()
      await place.clear()
    })

    const publish = (text: string, path = file, stagingPath = `${path}.part`) =>
      store.publish(path, bodyOf(text), { stagingPath })
    const names = async (folder = place.folder) => (await store.list(folder)).map(({ name }) => name)

    it('publishes every byte under the final name', async () => {
      const put = await store.publish(file, bodyOf('a,b\r\n1,2\r\n', 3), { stagingPath: staging, sizeBytes: 10 })
      expect(put).toMatchObject({ path: file, name: 'users_0001.csv', sizeBytes: 10 })
      expect((await contentOf(store, file)).toString()).toBe('a,b\r\n1,2\r\n')
      expect(await names()).toEqual(['users_0001.csv'])
    })

    it('publishes an empty file', async () => {
      expect((await publish('')).sizeBytes).toBe(0)
      expect(await store.stat(file)).toMatchObject({ sizeBytes: 0 })
      expect(await contentOf(store, file)).toHaveLength(0)
    })

    it.each([1, 31_743, 31_744, 31_745, 3_000_017])('gives back %i bytes as they were put', async (size) => {
      const bytes = pattern(size)
      await store.publish(file, bodyOf(bytes, 50_000), { stagingPath: staging, sizeBytes: size })
      expect((await store.stat(file))?.sizeBytes).toBe(size)
      expect(Buffer.compare(await contentOf(store, file), bytes)).toBe(0)
    })

    it('keeps the bytes apart when the source uses its buffer again', async () => {
      async function* reusing(): AsyncGenerator<Uint8Array> {
        const buffer = Buffer.alloc(20_000)
        for (const letter of ['a', 'b', 'c', 'd']) yield buffer.fill(letter)
      }
      await store.publish(file, reusing(), { stagingPath: staging })
      const expected = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(20_000)).join('')
      expect((await contentOf(store, file)).equals(Buffer.from(expected))).toBe(true)
    })

    it('refuses to replace a file, leaves it alone and leaves nothing else behind', async () => {
      await publish('first')
      const putting = publish('second')
      await expect(putting).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS', retry: 'never' })
      expect((await contentOf(store, file)).toString()).toBe('first')
      expect(await names()).toEqual(['users_0001.csv'])
    })

    it('refuses a target that appears while the bytes are on their way', async () => {
      const putting = store.publish(file, bodyOf('late'), {
        stagingPath: staging,
        beforeRename: async () => void (await publish('early', file, `${file}.other`)),
      })
      await expect(putting).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
      expect((await contentOf(store, file)).toString()).toBe('early')
      expect(await names()).toEqual(['users_0001.csv'])
    })

    it('shows nothing at the final name when the source breaks, and can be called again', async () => {
      const putting = store.publish(file, brokenAfter('half'), { stagingPath: staging })
      await expect(putting).rejects.toMatchObject({ code: 'TRANSFER_FAILED', retry: 'safe' })
      expect(await store.stat(file)).toBeUndefined()
      expect(await names()).toEqual([])
      expect((await publish('whole')).sizeBytes).toBe(5)
    })

    it.each([3, 5])('refuses a source of 4 bytes that was announced with %i', async (sizeBytes) => {
      const putting = store.publish(file, bodyOf('four'), { stagingPath: staging, sizeBytes })
      await expect(putting).rejects.toMatchObject({ code: 'TRANSFER_SIZE_MISMATCH', retry: 'safe' })
      expect(await names()).toEqual([])
    })

    it('replaces what an earlier attempt left at the staging name', async () => {
      await publish('a longer left-over', staging)
      await publish('new')
      expect((await contentOf(store, file)).toString()).toBe('new')
      expect(await names()).toEqual(['users_0001.csv'])
    })

    it('removes what lies staged when the rename is called off, and leaves it where that is unclear', async () => {
      const callOff = (code: 'STOPPED' | 'TRANSFER_OUTCOME_UNKNOWN') =>
        store.publish(file, bodyOf('x'), {
          stagingPath: staging,
          beforeRename: () => Promise.reject(new GatewayError(code)),
        })
      await expect(callOff('STOPPED')).rejects.toMatchObject({ code: 'STOPPED' })
      expect(await names()).toEqual([])
      await expect(callOff('TRANSFER_OUTCOME_UNKNOWN')).rejects.toMatchObject({ code: 'TRANSFER_OUTCOME_UNKNOWN' })
      expect(await names()).toEqual(['users_0001.csv.part'])
    })

    it('puts a file in place while many others wait for their renames', async () => {
      const gate = Promise.withResolvers<void>()
      const paths = Array.from({ length: 40 }, (_, index) => `${place.folder}/gated_${index}.csv`)
      const gated = paths.map((path) =>
        store.publish(path, bodyOf('x'), { stagingPath: `${path}.part`, beforeRename: () => gate.promise }),
      )
      expect((await publish('free')).sizeBytes).toBe(4)
      expect(await names()).toContain('users_0001.csv')
      gate.resolve()
      expect(await Promise.all(gated)).toHaveLength(40)
    })

    it('has every byte at the staging name and none at the final one right before the rename', async () => {
      let seen: unknown
      await store.publish(file, bodyOf('12345'), {
        stagingPath: staging,
        beforeRename: async () => {
          seen = [await store.stat(file), (await store.stat(staging))?.sizeBytes]
        },
      })
      expect(seen).toEqual([undefined, 5])
      expect(await store.stat(staging)).toBeUndefined()
    })

    it('stops at what is thrown right before the rename, and passes it on', async () => {
      const refusal = new Error('the intent could not be written')
      const putting = store.publish(file, bodyOf('x'), {
        stagingPath: staging,
        beforeRename: () => Promise.reject(refusal),
      })
      await expect(putting).rejects.toBe(refusal)
      expect(await names()).toEqual([])
    })

    it('says that the folder is missing when the target or the staging folder is', async () => {
      const nowhere = `${place.folder}/nowhere/a.csv`
      await expect(publish('x', nowhere)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
      await expect(publish('x', nowhere, staging)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
      await expect(publish('x', file, nowhere)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
      expect(await names()).toEqual([])
    })

    it('publishes forty files side by side', async () => {
      const paths = Array.from(
        { length: 40 },
        (_, index) => `${place.folder}/part_${String(index).padStart(4, '0')}.csv`,
      )
      await Promise.all(
        paths.map((path, index) =>
          store.publish(path, bodyOf(pattern(40_000 + index)), { stagingPath: `${path}.part` }),
        ),
      )
      const listed = await store.list(place.folder)
      expect(listed.map(({ path }) => path)).toEqual(paths)
      expect(listed.map(({ sizeBytes }) => sizeBytes)).toEqual(paths.map((_, index) => 40_000 + index))
      const contents = await Promise.all(paths.map((path) => contentOf(store, path)))
      contents.forEach((content, index) => expect(Buffer.compare(content, pattern(40_000 + index))).toBe(0))
    })

    it('lists regular files by name in code-unit order, and folders apart', async () => {
      for (const name of ['b.csv', 'a.csv', 'B.csv', 'ä.csv', '.hidden']) await publish(name, `${place.folder}/${name}`)
      await place.makeFolder(`${place.folder}/z`)
      await place.makeFolder(`${place.folder}/Archive`)
      expect(await names()).toEqual(['.hidden', 'B.csv', 'a.csv', 'b.csv', 'ä.csv'])
      expect(await store.listFolders(place.folder)).toEqual(['Archive', 'z'])
      expect(await store.list(`${place.folder}/z`)).toEqual([])
    })

    it('says so when there is no such folder', async () => {
      const folder = `${place.folder}/nowhere`
      await expect(store.list(folder)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
      await expect(store.listFolders(folder)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
    })

    it('tells of a file, of an absent one, and of a folder that it is no file', async () => {
      await publish('abc')
      expect(await store.stat(file)).toMatchObject({ path: file, name: 'users_0001.csv', sizeBytes: 3 })
      expect(await store.stat(`${place.folder}/none.csv`)).toBeUndefined()
      await expect(store.stat(place.folder)).rejects.toMatchObject({ code: 'FILE_UNSAFE' })
    })

    it('says so when the file to read is missing', async () => {
      await expect(contentOf(store, file)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
    })

    it('lets a reader stop early', async () => {
      await store.publish(file, bodyOf(pattern(3_000_000)), { stagingPath: staging })
      for await (const chunk of store.read(file)) {
        expect(chunk.byteLength).toBeGreaterThan(0)
        break
      }
      await store.remove(file)
      expect(await names()).toEqual([])
    })

    it('moves a file', async () => {
      await place.makeFolder(`${place.folder}/Archive`)
      await publish('abc')
      await store.move(file, `${place.folder}/Archive/users_0001.csv`)
      expect(await names()).toEqual([])
      expect(await names(`${place.folder}/Archive`)).toEqual(['users_0001.csv'])
    })

    it('moves nothing over a file, and says so when there is nothing to move', async () => {
      const other = `${place.folder}/other.csv`
      await publish('abc')
      await publish('xyz', other)
      await expect(store.move(file, other)).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
      expect((await contentOf(store, other)).toString()).toBe('xyz')
      const nowhere = `${place.folder}/none.csv`
      await expect(store.move(nowhere, `${place.folder}/new.csv`)).rejects.toMatchObject({ code: 'TRANSFER_NOT_FOUND' })
    })

    it('removes a file, and is content when there is none', async () => {
      await publish('abc')
      await store.remove(file)
      await store.remove(file)
      expect(await store.stat(file)).toBeUndefined()
    })

    it.each(['with space & (1).csv', 'Übersicht 2026 – 東京.csv', "quote's.csv", '-dash.csv'])(
      'carries the name %s unchanged',
      async (name) => {
        const path = `${place.folder}/${name}`
        await publish('abc', path)
        expect(await store.list(place.folder)).toMatchObject([{ path, name, sizeBytes: 3 }])
        expect((await contentOf(store, path)).toString()).toBe('abc')
      },
    )

    it('names no secret in its label', () => {
      expect(store.label).not.toMatch(/horse|secret|pass|key=/i)
      expect(store.label).not.toBe('')
    })

    it('closes twice, and answers no call afterwards', async () => {
      await store.close()
      await store.close()
      await expect(store.stat(file)).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
      await expect(publish('x')).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    })
  })
}
