import { describe, expect, it } from '@jest/globals'
import { type Clock, GatewayError } from '../base/index.ts'
import { type ConnectionBudgetOptions, type LeaseBook, withinBudget } from './connection-budget.ts'
import { createMemoryDisk, createMemoryStore } from './memory-store.ts'

/** A clock that is moved by hand: what sleeps wakes when its time has come. */
function createHandClock() {
  let nowMs = 0
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>()
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const clock: Clock = {
    now: () => new Date(nowMs),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { atMs: nowMs + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          reject(new Error('aborted'))
        })
      }),
  }
  return {
    clock,
    /** Nothing sleeps any more when every timer has fired or was cancelled. */
    sleeping: () => sleepers.size,
    async pass(ms: number) {
      const endMs = nowMs + ms
      for (;;) {
        await settle()
        const [next] = [...sleepers].filter(({ atMs }) => atMs <= endMs).toSorted((one, two) => one.atMs - two.atMs)
        if (next === undefined) break
        nowMs = next.atMs
        sleepers.delete(next)
        next.wake()
      }
      nowMs = endMs
      await settle()
    },
  }
}

function createMemoryLeases() {
  const held = new Map<string, { owner: string; expiresAt: Date }>()
  let failure: Error | undefined
  const leases: LeaseBook = {
    async takeLease(name, owner, now, expiresAt) {
      if (failure) throw failure
      const lease = held.get(name)
      if (lease && lease.owner !== owner && lease.expiresAt > now) return false
      held.set(name, { owner, expiresAt })
      return true
    },
    leaseOwner: async (name) => held.get(name)?.owner,
    async releaseLease(name, owner) {
      if (failure) throw failure
      if (held.get(name)?.owner === owner) held.delete(name)
    },
  }
  return { held, leases, fail: (error: Error | undefined) => void (failure = error) }
}

function setUp(more: Partial<ConnectionBudgetOptions> = {}) {
  const time = createHandClock()
  const book = createMemoryLeases()
  const opened = { now: 0, most: 0 }
  let owners = 0
  const openStore = async () => {
    opened.now += 1
    opened.most = Math.max(opened.most, opened.now)
    const store = createMemoryStore(createMemoryDisk(['/in']))
    let isOpen = true
    return {
      ...store,
      async close() {
        await store.close()
        if (isOpen) opened.now -= 1
        isOpen = false
      },
    }
  }
  const options = { label: 'sftp://u@h:22', clock: time.clock, newOwner: () => `owner ${(owners += 1)}`, ...more }
  return { time, book, opened, options, open: withinBudget(openStore, book.leases, options) }
}

/** What became of a promise so far. */
function watch<T>(promise: Promise<T>) {
  const seen: { value?: T; error?: unknown } = {}
  promise.then(
    (value) => (seen.value = value),
    (error: unknown) => (seen.error = error),
  )
  return seen
}

describe('a budget of connections', () => {
  it('opens two sessions by itself, and the third when one is closed', async () => {
    const { open, opened, time, book } = setUp()
    const [first, second] = [await open(), await open()]
    const third = watch(open())
    await time.pass(10_000)
    expect([third.value, opened.now]).toEqual([undefined, 2])
    await first.close()
    await time.pass(1_000)
    expect([third.value === undefined, opened.most]).toEqual([false, 2])
    await third.value?.close()
    await second.close()
    await second.close()
    expect([opened.now, book.held.size, time.sleeping()]).toEqual([0, 0, 0])
  })

  it('keeps its places while sessions are open, however long', async () => {
    const { open, time, opened } = setUp({ limit: 1, waitMs: 1_000 })
    const store = await open()
    await time.pass(600_000)
    const second = watch(open())
    await time.pass(2_000)
    expect(second.error).toMatchObject({ code: 'TRANSFER_BUSY', retry: 'safe', details: { limit: 1 } })
    expect(await store.list('/in')).toEqual([])
    expect(opened.now).toBe(1)
  })

  it('stops waiting when it is told to', async () => {
    const stop = new AbortController()
    const { open, time } = setUp({ limit: 1, signal: stop.signal })
    await open()
    const second = watch(open())
    await time.pass(1_000)
    stop.abort()
    await time.pass(0)
    expect(second.error).toMatchObject({ code: 'STOPPED' })
  })

  it('takes the place of an owner that let it run out', async () => {
    const { open, book, time } = setUp({ limit: 1 })
    book.held.set('connection sftp://u@h:22 1', { owner: 'lost', expiresAt: new Date(30_000) })
    const store = watch(open())
    await time.pass(29_000)
    expect(store.value).toBeUndefined()
    await time.pass(2_000)
    expect(store.value).toBeDefined()
  })

  it('takes the place of an owner that is known to be gone at once, and of no other', async () => {
    const { open, book, time } = setUp({ limit: 1, isGone: (owner) => owner === 'gone' })
    book.held.set('connection sftp://u@h:22 1', { owner: 'gone', expiresAt: new Date(60_000) })
    const store = await open()
    await store.close()
    book.held.set('connection sftp://u@h:22 1', { owner: 'there', expiresAt: new Date(60_000) })
    const second = watch(open())
    await time.pass(1_000)
    expect(second.value).toBeUndefined()
  })

  it('gives the place back when the session does not open', async () => {
    const { book, options } = setUp()
    const refusal = new GatewayError('TRANSFER_AUTH')
    const open = withinBudget(() => Promise.reject(refusal), book.leases, options)
    await expect(open()).rejects.toBe(refusal)
    expect(book.held.size).toBe(0)
  })

  it('closes a session whose place another has taken', async () => {
    const { open, book, time, opened } = setUp({ limit: 1 })
    const store = await open()
    book.held.set('connection sftp://u@h:22 1', { owner: 'other', expiresAt: new Date(600_000) })
    await time.pass(15_000)
    expect(opened.now).toBe(0)
    await expect(store.list('/in')).rejects.toMatchObject({ code: 'TRANSFER_FAILED' })
    await store.close()
    expect(book.held.get('connection sftp://u@h:22 1')?.owner).toBe('other')
  })

  it('outlives a lease book that fails in a way that nobody foresaw', async () => {
    const { open, time, book, opened } = setUp()
    const session = await open()
    book.fail(new Error('disk I/O error'))
    await time.pass(20_000)
    book.fail(undefined)
    await time.pass(60_000)
    expect(opened.now).toBe(1)
    book.fail(new Error('disk I/O error'))
    await session.close()
    expect([opened.now, time.sleeping()]).toEqual([0, 0])
  })

  it('bears a lease book that fails for a moment, and closes the session before the lease runs out unseen', async () => {
    const { open, book, time, opened } = setUp({ limit: 1 })
    await open()
    book.fail(new GatewayError('LEDGER_BUSY'))
    await time.pass(45_000)
    book.fail(undefined)
    await time.pass(15_000)
    expect(opened.now).toBe(1)
    book.fail(new GatewayError('LEDGER_BUSY'))
    await time.pass(60_000)
    expect(opened.now).toBe(0)
  })

  it('closes without a word when the lease cannot be given back', async () => {
    const { open, book, opened } = setUp()
    const store = await open()
    book.fail(new GatewayError('LEDGER_BUSY'))
    await store.close()
    expect(opened.now).toBe(0)
  })

  it.each([0, 6, 1.5, Number.NaN])('is refused with a limit of %d', (limit) => {
    expect(() => setUp({ limit })).toThrow(RangeError)
  })
})
