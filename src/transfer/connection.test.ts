import { describe, expect, it } from '@jest/globals'
import { type ErrorCode, GatewayError } from '../base/index.ts'
import { createConnection } from './connection.ts'
import { createMemoryDisk, createMemoryStore } from './memory-store.ts'
import type { RemoteStore } from './remote-store.ts'

/** A connection that tells which sessions are open: `1` is the first that was opened. */
function setUp(failures: readonly ErrorCode[] = []) {
  const open = new Set<string>()
  const outcomes = [...failures]
  let count = 0
  const connection = createConnection('memory', async () => {
    const failure = outcomes.shift()
    if (failure) throw new GatewayError(failure)
    count += 1
    const label = String(count)
    const store = createMemoryStore(createMemoryDisk(['/in']), label)
    open.add(label)
    return { ...store, close: async () => void open.delete(label) }
  })
  return { connection, open }
}

const labelOf = async (store: RemoteStore): Promise<string> => store.label

const failWith = (code: ErrorCode) => () => Promise.reject(new GatewayError(code))

/** Work that lasts until it is told to end. */
function lasting() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { end: resolve, work: (store: RemoteStore) => promise.then(() => store.label) }
}

describe('a connection', () => {
  it('opens nothing until it is used, and then one session for all', async () => {
    const { connection, open } = setUp()
    expect(open.size).toBe(0)
    expect(await Promise.all([connection.use(labelOf), connection.use(labelOf)])).toEqual(['1', '1'])
    expect(await connection.use(labelOf)).toBe('1')
  })

  it.each(['TRANSFER_FAILED', 'TRANSFER_TIMEOUT', 'TRANSFER_OUTCOME_UNKNOWN'] as const)(
    'takes a new session after %s, and closes the old one',
    async (code) => {
      const { connection, open } = setUp()
      await expect(connection.use(failWith(code))).rejects.toMatchObject({ code })
      expect([...open]).toEqual([])
      expect(await connection.use(labelOf)).toBe('2')
    },
  )

  it.each(['TRANSFER_TARGET_EXISTS', 'TRANSFER_NOT_FOUND', 'TRANSFER_DENIED'] as const)(
    'keeps its session after the answer %s',
    async (code) => {
      const { connection } = setUp()
      await connection.use(labelOf)
      await expect(connection.use(failWith(code))).rejects.toMatchObject({ code })
      expect(await connection.use(labelOf)).toBe('1')
    },
  )

  it('lets work that is on its way end on the session that another call gave up', async () => {
    const { connection, open } = setUp()
    const slow = lasting()
    const working = connection.use(slow.work)
    await expect(connection.use(failWith('TRANSFER_FAILED'))).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    expect(await connection.use(labelOf)).toBe('2')
    expect([...open]).toEqual(['1', '2'])
    slow.end()
    expect(await working).toBe('1')
    expect([...open]).toEqual(['2'])
  })

  it('keeps the new session when a call on the old one fails late', async () => {
    const { connection } = setUp()
    const slow = lasting()
    const late = connection.use((store) => slow.work(store).then(failWith('TRANSFER_TIMEOUT')))
    await expect(connection.use(failWith('TRANSFER_TIMEOUT'))).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT' })
    expect(await connection.use(labelOf)).toBe('2')
    slow.end()
    await expect(late).rejects.toMatchObject({ code: 'TRANSFER_TIMEOUT' })
    expect(await connection.use(labelOf)).toBe('2')
  })

  it.each(['TRANSFER_CONNECT', 'TRANSFER_AUTH', 'TRANSFER_HOST_KEY'] as const)(
    'tries to open again when opening failed with %s',
    async (code) => {
      const { connection } = setUp([code])
      await expect(connection.use(labelOf)).rejects.toMatchObject({ code })
      expect(await connection.use(labelOf)).toBe('1')
    },
  )

  it('closes, closes again, and can be used afterwards', async () => {
    const { connection, open } = setUp()
    await connection.use(labelOf)
    await connection.close()
    await connection.close()
    expect(open.size).toBe(0)
    expect(await connection.use(labelOf)).toBe('2')
  })
})
