import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { loginsOf, usersCsv } from '../support/users-csv.ts'
import { type Ended, type RealProcess, runFlatgate, startFlatgate } from '../support/real-process.ts'
import { USERS, useSandboxGateway } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'
import { untilThere } from '../support/until-there.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const started: RealProcess[] = []

afterEach(async () => {
  for (const running of started.splice(0)) await running.kill()
})

const incoming = (): string => join(gateway.sandbox.root, 'Incoming/Users')
const arrived = (): readonly string[] =>
  readdirSync(incoming())
    .filter((name) => name.endsWith('.csv'))
    .toSorted()
const run = (env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  runFlatgate(['run', '--verbose'], { folder: folder.path, env })

async function states(): Promise<Readonly<Record<string, string>>> {
  const { out } = await runFlatgate(['history', '--json'], { folder: folder.path })
  const { files } = JSON.parse(out) as { files: readonly { name: string; state: string }[] }
  return Object.fromEntries(files.map(({ name, state }) => [name, state]))
}

/** Code that is loaded before the program. */
function preload(code: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=${folder.write('preload.mjs', code)}` }
}

describe('two gateways on one drop folder', () => {
  it('fault 9: take every file once, whole and in order, also when one of them is killed', async () => {
    gateway.configure('  users: { object: users }\ncoupa: { maxRows: 5 }\n')
    const pair = [startFlatgate(['serve'], { folder: folder.path }), startFlatgate(['serve'], { folder: folder.path })]
    started.push(...pair)
    for (const serving of pair) await serving.said(/"serving"/)
    for (let number = 0; number < 12; number += 1) {
      folder.write(`inbound/users/f${number}.csv`, usersCsv(7, 100 * number + 1))
      if (number === 6) await pair[0]?.kill()
    }
    await untilThere(incoming(), /\.csv$/, 24)
    pair[1]?.child.kill('SIGTERM')
    expect((await pair[1]?.ended)?.exit).toBe(0)
    expect((await run()).exit).toBe(0)
    const logins = loginsOf(...arrived().map((name) => readFileSync(join(incoming(), name), 'utf8')))
    const files = Array.from({ length: 12 }, (_, number) => loginsOf(usersCsv(7, 100 * number + 1)))
    expect(logins.toSorted()).toEqual(files.flat().toSorted())
    for (const rows of files) expect(logins.filter((login) => rows.includes(login))).toEqual(rows)
    expect(arrived()).toHaveLength(24)
    expect(Object.values(await states())).toEqual(Array.from({ length: 12 }, () => 'placed'))
  })
})

describe('memory', () => {
  it('fault 14: is bounded, so that hostile files are rejected and others go on', async () => {
    gateway.configure('  users: { object: users }\n')
    const columns = Array.from({ length: 400_000 }, (_, index) => `C${index}`).join(',')
    folder.write('inbound/users/1-columns.csv', `${columns}\n`)
    folder.write('inbound/users/2-quote.csv', `${USERS}"${'x'.repeat(20_000_000)}`)
    folder.write('inbound/users/3-cells.csv', `"Login","Email"\n${'"x",'.repeat(3_000_000)}\n`)
    folder.write('inbound/users/4-good.csv', USERS)
    // A small fraction of what these files would take in memory.
    const { exit, err } = await run({ NODE_OPTIONS: '--max-old-space-size=64' })
    expect({ exit, err }).toEqual({ exit: 1, err: expect.not.stringMatching(/heap/) })
    expect(await states()).toEqual({
      '1-columns.csv': 'rejected',
      '2-quote.csv': 'rejected',
      '3-cells.csv': 'rejected',
      '4-good.csv': 'placed',
    })
  })

  it('fault 14: that is really used up ends the process, and loses nothing: the file that needs so much is held', async () => {
    gateway.configure('  users: { object: users }\n')
    const columns = Array.from({ length: 1_000_000 }, (_, index) => `C${index}`).join(',')
    folder.write('inbound/users/1-columns.csv', `${columns}\n`)
    folder.write('inbound/users/2-good.csv', USERS)
    // Enough for everything but a million names of columns, which need some hundred megabytes.
    const small = { NODE_OPTIONS: '--max-old-space-size=44' }
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { exit, err } = await run(small)
      expect({ exit: exit === 0 ? exit : 'died', err }).toEqual({
        exit: 'died',
        err: expect.stringContaining('JavaScript heap out of memory'),
      })
      expect(arrived()).toEqual([])
    }
    expect((await run(small)).exit).toBe(5)
    expect(await states()).toEqual({ '1-columns.csv': 'held', '2-good.csv': 'placed' })
    expect(arrived()).toHaveLength(1)
    expect((await runFlatgate(['ledger', 'check'], { folder: folder.path })).exit).toBe(0)
  })

  it('fault 14: a file whose judging ends the process three times is held, and the others go on', async () => {
    gateway.configure('  users: { object: users }\n')
    const text = USERS.replaceAll('ann', 'eve')
    folder.write('inbound/users/1-deadly.csv', text)
    folder.write('inbound/users/2-good.csv', USERS)
    // What the kernel does to a process that asks for more memory than there is.
    const deadly = preload(`
      import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const { createReadStream, readFileSync } = fs
      const look = (path) => {
        if (String(path).includes('${createHash('sha256').update(text).digest('hex')}')) process.kill(process.pid, 'SIGKILL')
      }
      fs.createReadStream = (path, ...more) => { look(path); return createReadStream(path, ...more) }
      const { open } = fs.promises
      fs.promises.open = async (path, ...more) => { if (more[0] === 'r' || more[0] === undefined) look(path); return open(path, ...more) }
      syncBuiltinESMExports()
    `)
    for (let attempt = 1; attempt <= 3; attempt += 1) expect((await run(deadly)).signal).toBe('SIGKILL')
    const last = await run(deadly)
    expect({ signal: last.signal, exit: last.exit }).toEqual({ signal: null, exit: 5 })
    expect(await states()).toEqual({ '1-deadly.csv': 'held', '2-good.csv': 'placed' })
    expect(arrived()).toHaveLength(1)
  })
})

describe('a fault of the program', () => {
  it('fault 15: a rejection that nobody handles ends it with exit code 70, and nothing is lost', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('inbound/users/hr.csv', USERS)
    const fault = preload(
      "const turn = setInterval(() => { if (process.listenerCount('uncaughtException') === 0) return\n" +
        "clearInterval(turn); Promise.reject(new TypeError('a fault in a listener')) }, 1)",
    )
    const { exit, err } = await runFlatgate(['serve'], { folder: folder.path, env: fault })
    expect({ exit, err }).toEqual({ exit: 70, err: expect.stringMatching(/fault of the program itself[^]*TypeError/) })
    expect((await run()).exit).toBe(0)
    expect(arrived()).toHaveLength(1)
    expect(await states()).toEqual({ 'hr.csv': 'placed' })
  })
})
