import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createConnection, type RemoteStore } from '../src/transfer/index.ts'
import { bodyOf, contentOf } from './contract/remote-store.ts'
import type { Act, ScriptedRequest } from './servers/scripted.ts'
import { openScriptedBench, type ScriptedBench, SHORT_MS } from './servers/scripted-store.ts'

let bench: ScriptedBench
let root: string

beforeEach(() => {
  bench = openScriptedBench()
  root = bench.root
})

afterEach(() => bench.clear())

/** A store on a server with which the one request goes wrong. */
async function storeWhere(
  kind: ScriptedRequest['kind'],
  act: Act,
  which: (request: ScriptedRequest) => boolean = () => true,
) {
  const { open } = await bench.start({
    script: (request) => (request.kind === kind && which(request) ? act : undefined),
  })
  // Only where silence is the fault: a busy machine must not be taken for a silent server.
  return open(act === 'silence' ? { timeoutMs: SHORT_MS } : {})
}

const FINAL = '/in/a.csv'
const STAGING = '/in/a.csv.part'
/** Ten writes. */
const BODY = 'x'.repeat(300_000)

const publish = (store: RemoteStore) => store.publish(FINAL, bodyOf(BODY), { stagingPath: STAGING })
const left = () => readdirSync(join(root, 'in')).sort()

describe('a publish', () => {
  it.each([1, 2, 10])('fault 25: fails and leaves nothing when write %i is refused', async (nth) => {
    const store = await storeWhere('WRITE', 4, (request) => request.nth === nth)
    await expect(publish(store)).rejects.toMatchObject({
      code: 'TRANSFER_FAILED',
      retry: 'safe',
      details: { status: 4 },
    })
    expect(left()).toEqual([])
    expect((await publish(store)).sizeBytes).toBe(BODY.length)
  })

  it.each([
    ['OPEN', 3, 'TRANSFER_DENIED'],
    ['OPEN', 4, 'TRANSFER_FAILED'],
    ['STAT', 4, 'TRANSFER_FAILED'],
  ] as const)('fails and leaves nothing when %s is refused with status %i', async (kind, status, code) => {
    const store = await storeWhere(kind, status)
    await expect(publish(store)).rejects.toMatchObject({ code, details: { status } })
    expect(left()).toEqual([])
  })

  it('fault 28: fails and leaves nothing when the close is refused', async () => {
    const store = await storeWhere('CLOSE', 4)
    await expect(publish(store)).rejects.toMatchObject({ code: 'TRANSFER_FAILED', details: { status: 4 } })
    expect(left()).toEqual([])
  })

  it.each([
    [3, 'TRANSFER_DENIED'],
    [4, 'TRANSFER_FAILED'],
  ] as const)('fault 29: fails and leaves nothing when the rename is refused with status %i', async (status, code) => {
    const store = await storeWhere('RENAME', status)
    await expect(publish(store)).rejects.toMatchObject({ code, details: { status } })
    expect(left()).toEqual([])
  })

  it('fault 27: cannot tell wrong bytes by their number, and whoever reads them back can', async () => {
    const store = await storeWhere('WRITE', 'pretend', ({ nth }) => nth === 5)
    expect((await publish(store)).sizeBytes).toBe(BODY.length)
    const content = await contentOf(store, FINAL)
    expect(content.length).toBe(BODY.length)
    expect(content.toString()).not.toBe(BODY)
  })

  it('fault 31: asks for no attributes, which a virtual server refuses to set', async () => {
    // The scripted server answers every setting of attributes with "unsupported".
    const { open, server } = await bench.start()
    expect((await publish(await open())).sizeBytes).toBe(BODY.length)
    expect(new Set(server.seen.map(({ kind }) => kind))).toEqual(new Set(['STAT', 'OPEN', 'WRITE', 'CLOSE', 'RENAME']))
  })

  it.each(['/IN/a.csv', '/ins/a.csv', '/none/in/a.csv'])(
    'fault 35: says that the folder of %s is missing',
    async (path) => {
      const { open } = await bench.start()
      const store = await open()
      const missing = { code: 'TRANSFER_NOT_FOUND', retry: 'never' }
      await expect(store.publish(path, bodyOf('x'), { stagingPath: `${path}.part` })).rejects.toMatchObject(missing)
      await expect(store.list(path.slice(0, -6))).rejects.toMatchObject(missing)
    },
  )

  it.each(['pretend', 'half'] as const)(
    'fault 26: notices a write that is acknowledged and not stored (%s)',
    async (act) => {
      const store = await storeWhere('WRITE', act, ({ nth }) => nth === 10)
      await expect(publish(store)).rejects.toMatchObject({
        code: 'TRANSFER_SIZE_MISMATCH',
        details: { sentBytes: 300_000 },
      })
      expect(left()).toEqual([])
    },
  )

  it.each(['STAT', 'OPEN', 'WRITE', 'CLOSE'] as const)(
    'fault 24: may be made again when the link breaks at %s',
    async (kind) => {
      const { open } = await bench.start({
        script: (request) => (request.kind === kind && request.nth === 1 ? 'cut' : undefined),
      })
      await expect(publish(await open())).rejects.toMatchObject({ code: 'TRANSFER_FAILED', retry: 'safe' })
      expect(existsSync(join(root, FINAL))).toBe(false)
      expect((await publish(await open())).sizeBytes).toBe(BODY.length)
      expect(left()).toEqual(['a.csv'])
    },
  )

  it.each([
    ['cut', ['a.csv.part']],
    ['serve-and-cut', ['a.csv']],
    ['silence', ['a.csv']],
  ] as const)('fault 30: has an unknown outcome when the answer to the rename is lost (%s)', async (act, files) => {
    const store = await storeWhere('RENAME', act)
    const outcome = {
      code: 'TRANSFER_OUTCOME_UNKNOWN',
      retry: 'check-first',
      details: { path: FINAL, stagingPath: STAGING },
    }
    await expect(publish(store)).rejects.toMatchObject(outcome)
    expect(left()).toEqual(files)
  })

  it('fault 29: has an unknown outcome when the rename is said to be done and is not', async () => {
    const store = await storeWhere('RENAME', 'pretend')
    await expect(publish(store)).rejects.toMatchObject({ code: 'TRANSFER_OUTCOME_UNKNOWN' })
    expect(left()).toEqual(['a.csv.part'])
  })

  it('fault 29: has an unknown outcome when the rename is refused and the file is nowhere', async () => {
    const { open } = await bench.start({
      script: ({ kind }) => {
        if (kind === 'RENAME') rmSync(join(root, STAGING))
        return kind === 'RENAME' ? 4 : undefined
      },
    })
    await expect(publish(await open())).rejects.toMatchObject({ code: 'TRANSFER_OUTCOME_UNKNOWN' })
  })

  it('fault 34: succeeds when the receiver takes the file before the last look', async () => {
    const { open } = await bench.start({
      script: ({ kind, path }) => {
        if (kind === 'STAT' && path === FINAL) rmSync(join(root, FINAL), { force: true })
        return undefined
      },
    })
    expect(await publish(await open())).toEqual({ path: FINAL, name: 'a.csv', sizeBytes: BODY.length })
  })

  it('succeeds when only the last look is refused', async () => {
    const store = await storeWhere('STAT', 4, ({ path, nth }) => path === FINAL && nth > 3)
    expect((await publish(store)).sizeBytes).toBe(BODY.length)
  })

  it('fault 29: finds a target that appeared meanwhile although the server would replace it', async () => {
    const { open } = await bench.start({ doesReplace: true })
    const store = await open()
    async function* slow() {
      yield Buffer.from('mine')
      writeFileSync(join(root, FINAL), 'theirs')
    }
    const putting = store.publish(FINAL, slow(), { stagingPath: STAGING })
    await expect(putting).rejects.toMatchObject({ code: 'TRANSFER_TARGET_EXISTS' })
    expect(readFileSync(join(root, FINAL), 'utf8')).toBe('theirs')
  })

  it('reads no further from its source once a write failed', async () => {
    const store = await storeWhere('WRITE', 4)
    let isClosed = false
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(100_000)
      } finally {
        isClosed = true
      }
    }
    await expect(store.publish(FINAL, endless(), { stagingPath: STAGING })).rejects.toMatchObject({
      code: 'TRANSFER_FAILED',
    })
    expect(isClosed).toBe(true)
  })

  it('waits for its turn when many are in flight', async () => {
    const { server, open } = await bench.start()
    const store = await open({ filesInFlight: 2 })
    const put = (name: string) => store.publish(`/in/${name}`, bodyOf('x'), { stagingPath: `/in/${name}.part` })
    await Promise.all(['a', 'b', 'c', 'd'].map(put))
    const opened = server.seen.filter(({ kind }) => kind === 'OPEN' || kind === 'CLOSE')
    let inFlight = 0
    const most = opened.map(({ kind }) => (inFlight += kind === 'OPEN' ? 1 : -1))
    expect(Math.max(...most)).toBe(2)
    expect(left()).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('silence', () => {
  it.each(['STAT', 'OPEN', 'WRITE', 'CLOSE'] as const)('fault 19: ends a publish in time at %s', async (kind) => {
    const store = await storeWhere(kind, 'silence')
    await expect(publish(store)).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT', retry: 'safe' })
    expect(existsSync(join(root, FINAL))).toBe(false)
    await expect(store.stat(FINAL)).rejects.toMatchObject({
      code: 'TRANSFER_FAILED',
      details: { reason: 'the link is lost' },
    })
  })

  it.each(['OPENDIR', 'READDIR'] as const)('fault 19: ends a listing in time at %s', async (kind) => {
    const store = await storeWhere(kind, 'silence')
    await expect(store.list('/in')).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT' })
  })

  it.each(['OPEN', 'FSTAT', 'READ'] as const)('fault 19: ends a download in time at %s', async (kind) => {
    writeFileSync(join(root, FINAL), BODY)
    const store = await storeWhere(kind, 'silence')
    await expect(contentOf(store, FINAL)).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT' })
  })

  it('ends every call that waits, and none that was answered', async () => {
    const store = await storeWhere('STAT', 'silence')
    const calls = await Promise.allSettled([store.stat('/in/b'), store.stat('/in/c'), store.list('/in')])
    expect(calls.map((call) => call.status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })

  it('fault 39: does not hold up the closing', async () => {
    const { open } = await bench.start({ staysOpen: true })
    const store = await open()
    await store.close()
    await store.close()
  })
})

describe('a download', () => {
  beforeEach(() => writeFileSync(join(root, FINAL), BODY))

  it('asks again for what a short answer left out', async () => {
    const store = await storeWhere('READ', 'half', ({ nth }) => nth % 2 === 1)
    expect((await contentOf(store, FINAL)).toString()).toBe(BODY)
  })

  it('fault 36: fails when the file ends early', async () => {
    const store = await storeWhere('READ', 1, ({ nth }) => nth > 3)
    await expect(contentOf(store, FINAL)).rejects.toMatchObject({
      code: 'TRANSFER_FAILED',
      details: { sizeBytes: 300_000 },
    })
  })

  it('fails when the file grows meanwhile', async () => {
    const { open } = await bench.start({
      script: ({ kind, nth }) => {
        if (kind === 'READ' && nth === 5) writeFileSync(join(root, FINAL), 'more', { flag: 'a' })
        return undefined
      },
    })
    await expect(contentOf(await open(), FINAL)).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
  })

  it('fault 36: fails when a read is refused, and the store lives on', async () => {
    const store = await storeWhere('READ', 4, ({ nth }) => nth === 3)
    await expect(contentOf(store, FINAL)).rejects.toMatchObject({ code: 'TRANSFER_FAILED', details: { status: 4 } })
    expect((await contentOf(store, FINAL)).length).toBe(300_000)
  })
})

describe('a link that breaks', () => {
  it.each(['OPENDIR', 'READDIR', 'CLOSE'] as const)('fault 24: ends a listing at %s', async (kind) => {
    const store = await storeWhere(kind, 'cut')
    await expect(store.list('/in')).rejects.toMatchObject({ code: 'TRANSFER_FAILED', retry: 'safe' })
  })

  it.each(['OPEN', 'FSTAT', 'READ', 'CLOSE'] as const)('fault 24: ends a download at %s', async (kind) => {
    writeFileSync(join(root, FINAL), BODY)
    const store = await storeWhere(kind, 'cut')
    await expect(contentOf(store, FINAL)).rejects.toMatchObject({ code: 'TRANSFER_FAILED', retry: 'safe' })
  })

  it('fault 38: costs one call when the server closes what was idle, and the next opens a new session', async () => {
    const { open, server } = await bench.start()
    const connection = createConnection('scripted', () => open())
    const list = () => connection.use((store) => store.list('/in'))
    expect(await list()).toEqual([])
    server.cut()
    await expect(list()).rejects.toMatchObject({ code: 'TRANSFER_FAILED', retry: 'safe' })
    expect(await list()).toEqual([])
  })
})

describe('a look', () => {
  it('fault 32: takes no failure for the absence of a file', async () => {
    const store = await storeWhere('STAT', 4)
    await expect(store.stat(FINAL)).rejects.toMatchObject({ code: 'TRANSFER_FAILED', details: { status: 4 } })
  })

  it('tells a denial from an absence', async () => {
    const store = await storeWhere('STAT', 3)
    await expect(store.stat(FINAL)).rejects.toMatchObject({ code: 'TRANSFER_DENIED' })
  })
})

describe('a listing', () => {
  const file = { mode: 0o100644, size: 3 }

  it.each(['../x', 'a/b', 'a\\b', '/etc/passwd', 'a\nb', 'a\u0000', ''])(
    'fault 33: is refused when it holds the name %j',
    async (filename) => {
      const { open } = await bench.start({ entries: [{ filename, longname: '-rw-r--r-- x', attrs: file }] })
      await expect((await open()).list('/in')).rejects.toMatchObject({ code: 'TRANSFER_UNSAFE_NAME' })
    },
  )

  it('fault 33: goes by the mode bits, whatever the long name says', async () => {
    const { open } = await bench.start({
      entries: [
        { filename: '.', longname: '', attrs: { mode: 0o040755 } },
        { filename: '..', longname: '', attrs: { mode: 0o040755 } },
        { filename: 'file.csv', longname: '', attrs: file },
        { filename: 'folder', longname: '-rw-r--r-- 1 folder', attrs: { mode: 0o040755 } },
        { filename: 'link.csv', longname: '-rw-r--r-- 1 link.csv', attrs: { mode: 0o120777, size: 3 } },
      ],
    })
    const store = await open()
    expect((await store.list('/in')).map(({ name }) => name)).toEqual(['file.csv'])
    expect(await store.listFolders('/in')).toEqual(['folder'])
  })

  it('looks at the file itself where the listing leaves out its kind', async () => {
    writeFileSync(join(root, 'in/b.csv'), 'abc')
    mkdirSync(join(root, 'in/c'))
    const { open, server } = await bench.start({ entries: [{ filename: 'b.csv', longname: '', attrs: {} }] })
    const [first] = await (await open()).list('/in')
    expect(first).toMatchObject({ path: '/in/b.csv', sizeBytes: 3 })
    expect(server.seen).toContainEqual({ kind: 'LSTAT', nth: 1, path: '/in/b.csv' })
  })

  it('fault 33: carries fifty thousand entries', async () => {
    const entries = Array.from({ length: 50_000 }, (_, index) => ({
      filename: `f${index}.csv`,
      longname: '',
      attrs: file,
    }))
    const { open } = await bench.start({ entries })
    expect(await (await open()).list('/in')).toHaveLength(50_000)
  })

  it('fault 37: gives the time as the server tells it, days off, by the minute or not at all', async () => {
    const named = (filename: string, attrs: object) => ({ filename, longname: '', attrs: { ...file, ...attrs } })
    const { open } = await bench.start({
      entries: [named('a', { mtime: 4_102_444_800, atime: 0 }), named('b', { mtime: 60, atime: 0 }), named('c', {})],
    })
    const times = (await (await open()).list('/in')).map(({ modifiedAt }) => modifiedAt?.toISOString())
    expect(times).toEqual(['2100-01-01T00:00:00.000Z', '1970-01-01T00:01:00.000Z', undefined])
  })

  it('fails when it breaks off', async () => {
    const store = await storeWhere('READDIR', 4)
    await expect(store.list('/in')).rejects.toMatchObject({ code: 'TRANSFER_FAILED', details: { status: 4 } })
  })
})
