import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { FileRecord, Ledger, LedgerWriter } from './index.ts'
import { openLedger } from './index.ts'

let folder: string
let path: string
let ledger: Ledger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-ledger-'))
  path = join(folder, 'ledger.sqlite')
  ledger = await openLedger(path)
})

afterEach(async () => {
  await ledger.close()
  await rm(folder, { recursive: true })
})

function file(id: string): FileRecord {
  const at = new Date('2026-11-20T04:00:00.000Z')
  return {
    id,
    flow: 'users',
    object: 'users',
    direction: 'import',
    name: 'hr.csv',
    origin: '/drop/hr.csv',
    sha256: 'aa',
    sizeBytes: 12,
    state: 'accepted',
    acceptedAt: at,
    updatedAt: at,
  }
}

/** Holds the write lock as another process would. */
function holdTheLock(): { letGo(): void } {
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  return { letGo: () => other.close() }
}

describe('a write', () => {
  it('gives back what the work gives back', async () => {
    expect(await ledger.write(() => Promise.resolve(7))).toBe(7)
  })

  it('is undone as a whole when the work throws, and the next one goes on', async () => {
    const broken = new Error('broken')
    const work = async (writer: LedgerWriter): Promise<void> => {
      await writer.insertFile(file('f1'))
      await writer.nextInSequence('users')
      throw broken
    }
    await expect(ledger.write(work)).rejects.toBe(broken)
    expect(await ledger.findFile('f1')).toBeUndefined()
    expect(await ledger.write((writer) => writer.nextInSequence('users'))).toBe(1)
  })

  it('is seen from outside only when it is committed, and from inside at once', async () => {
    await ledger.write(async (writer) => {
      await writer.insertFile(file('f1'))
      expect(await ledger.findFile('f1')).toBeUndefined()
      expect(await writer.findFile('f1')).toEqual(file('f1'))
    })
    expect(await ledger.findFile('f1')).toEqual(file('f1'))
  })

  it('waits for its turn behind the others of its process', async () => {
    const order: string[] = []
    const step = (name: string): Promise<void> =>
      ledger.write(async (writer) => {
        order.push(`${name} begins`)
        await writer.nextInSequence('users')
        order.push(`${name} ends`)
      })
    await Promise.all([step('one'), step('two')])
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  it('inside a write is refused instead of waiting for itself', async () => {
    const nested = ledger.write(() => ledger.write(() => Promise.resolve()))
    await expect(nested).rejects.toThrow('use the writer')
  })

  it('is no longer possible with a writer whose write has ended', async () => {
    let kept: LedgerWriter | undefined
    await ledger.write((writer) => Promise.resolve(void (kept = writer)))
    await expect(kept?.insertFile(file('f1'))).rejects.toThrow('already committed')
  })

  it('ends before the ledger is closed', async () => {
    const writing = ledger.write((writer) => writer.insertFile(file('f1')))
    await ledger.close()
    await writing
    ledger = await openLedger(path)
    expect(await ledger.findFile('f1')).toEqual(file('f1'))
  })
})

describe('a write while another process holds the ledger', () => {
  it('fails with LEDGER_BUSY after the time limit, and nothing happened', async () => {
    const waits: number[] = []
    const clock = { sleep: (ms: number): Promise<void> => Promise.resolve(void waits.push(ms)) }
    const second = await openLedger(path, { clock, busyTimeoutMs: 100 })
    const lock = holdTheLock()
    try {
      const failing = second.write((writer) => writer.insertFile(file('f1')))
      await expect(failing).rejects.toMatchObject({ code: 'LEDGER_BUSY', retry: 'safe', details: { sqlite: 5 } })
      expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(102)
    } finally {
      lock.letGo()
    }
    expect(await second.findFile('f1')).toBeUndefined()
    await second.close()
  })

  it('goes on as soon as the lock is free, and reads go on meanwhile', async () => {
    const lock = holdTheLock()
    const writing = ledger.write((writer) => writer.insertFile(file('f1')))
    expect(await ledger.findFile('f1')).toBeUndefined()
    lock.letGo()
    await writing
    expect(await ledger.findFile('f1')).toEqual(file('f1'))
  })
})

describe('two ledgers over one file', () => {
  it('lose nothing and never get one number twice', async () => {
    const other = await openLedger(path)
    const take = (from: Ledger, index: number): Promise<number> =>
      from.write(async (writer) => {
        await writer.insertFile(file(`f${index}`))
        return writer.nextInSequence('users')
      })
    const numbers = await Promise.all(Array.from({ length: 40 }, (_, at) => take(at % 2 === 0 ? ledger : other, at)))
    await other.close()
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
    expect(await ledger.findFiles({})).toHaveLength(40)
  })

  it('give a lease to one of them only', async () => {
    const other = await openLedger(path)
    const [now, until] = [new Date(0), new Date(1000)]
    const won = await Promise.all([ledger, other].map((one, at) => one.takeLease('users', `owner ${at}`, now, until)))
    await other.close()
    expect(won.filter(Boolean)).toHaveLength(1)
  })
})
