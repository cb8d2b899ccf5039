import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openLedger } from './index.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-ledger-'))
  path = join(folder, 'ledger.sqlite')
})

afterEach(() => rm(folder, { recursive: true }))

/** Writes files named after its process and prints each number only after the commit was acknowledged. */
const WRITER = `
  const [ledgerModule, path, name, count] = process.argv.slice(1)
  const { openLedger } = await import(ledgerModule)
  const ledger = await openLedger(path, { busyTimeoutMs: 30000 })
  const at = new Date()
  for (let index = 0; index < Number(count); index += 1) {
    const number = await ledger.write(async (writer) => {
      const id = name + '-' + index
      await writer.insertFile({ id, flow: 'users', object: 'users', direction: 'import', name: id, origin: id,
        sha256: id, sizeBytes: index, state: 'accepted', acceptedAt: at, updatedAt: at })
      await writer.addEvent({ fileId: id, at, step: 'accepted', facts: { index } })
      return writer.nextInSequence('users')
    })
    process.stdout.write(number + '\\n')
  }
  await ledger.close()
`

function startWriter(name: string, count: number): ChildProcessByStdio<null, Readable, null> {
  const ledgerModule = new URL('index.ts', import.meta.url).href
  return spawn(process.execPath, ['--input-type=module', '--eval', WRITER, ledgerModule, path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function numbersOf(child: ChildProcessByStdio<null, Readable, null>): Promise<readonly number[]> {
  const numbers: number[] = []
  for await (const line of createInterface({ input: child.stdout })) numbers.push(Number(line))
  return numbers
}

describe('several processes', () => {
  it('create one ledger together, lose nothing and never get one number twice', async () => {
    const children = ['a', 'b', 'c'].map((name) => startWriter(name, 40))
    const numbers = (await Promise.all(children.map(numbersOf))).flat()
    expect(numbers.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 120 }, (_, at) => at + 1))
    const ledger = await openLedger(path, { readOnly: true })
    expect(await ledger.countFiles('users')).toEqual({ accepted: 120 })
    await ledger.close()
  })
})

describe('a process that is killed while it writes', () => {
  it('fault 2: leaves a sound ledger that holds every acknowledged write, whole', async () => {
    const child = startWriter('a', 1_000_000)
    const acknowledged: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(Number(line))
      if (acknowledged.length === 50) child.kill('SIGKILL')
    }
    if (child.signalCode === null) await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')

    const reading = await openLedger(path, { readOnly: true })
    const { accepted = 0 } = await reading.countFiles('users')
    await reading.close()
    expect(acknowledged.length).toBeGreaterThanOrEqual(50)
    expect(accepted).toBeGreaterThanOrEqual(acknowledged.length)

    const ledger = await openLedger(path)
    for (const { id } of await ledger.findFiles({ limit: accepted })) expect(await ledger.eventsOf(id)).toHaveLength(1)
    expect(await ledger.write((writer) => writer.nextInSequence('users'))).toBe(accepted + 1)
    await ledger.close()

    const database = new DatabaseSync(path)
    expect(database.prepare('pragma integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }])
    database.close()
  })
})
