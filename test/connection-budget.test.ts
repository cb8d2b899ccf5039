import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { systemClock } from '../src/base/index.ts'
import { openLedger } from '../src/ledger/index.ts'
import { createMemoryDisk, createMemoryStore, withinBudget } from '../src/transfer/index.ts'

/** Opens sessions one after another, each of them a connection to the counting server that is said goodbye to. */
const OPENER = `
  const [source, path, port, name, count] = process.argv.slice(1)
  const { connect } = await import('node:net')
  const { once } = await import('node:events')
  const { systemClock } = await import(source + 'base/index.ts')
  const { openLedger } = await import(source + 'ledger/index.ts')
  const { withinBudget } = await import(source + 'transfer/index.ts')
  const ledger = await openLedger(path, { busyTimeoutMs: 30000 })
  let owners = 0
  const openStore = async () => {
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'data')
    return { async close() { socket.end('bye'); await once(socket, 'close') } }
  }
  const options = { label: 'test', clock: systemClock, newOwner: () => name + (owners += 1), waitMs: 60000 }
  const open = withinBudget(openStore, ledger, options)
  const use = async () => { for (let nth = 0; nth < Number(count); nth += 1) await (await open()).close() }
  await Promise.all([use(), use()])
  await ledger.close()
`

let folder: string
let path: string
let server: Server
let children: ChildProcess[]
const counted = { now: 0, most: 0, all: 0 }
let onConnection: (socket: Socket) => void

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-budget-'))
  path = join(folder, 'ledger.sqlite')
  await (await openLedger(path)).close()
  Object.assign(counted, { now: 0, most: 0, all: 0 })
  onConnection = (socket) => socket.write('hello')
  server = createServer({ allowHalfOpen: true }, (socket) => {
    counted.now += 1
    counted.all += 1
    counted.most = Math.max(counted.most, counted.now)
    // Counted before the other side hears of it, so that its place cannot be taken earlier.
    socket.on('data', () => (counted.now -= 1)).on('end', () => socket.end())
    socket.on('error', () => socket.destroy())
    onConnection(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  server.close()
  await rm(folder, { recursive: true })
})

function start(name: string, count: number): ChildProcess {
  const source = new URL('../src/', import.meta.url).href
  const { port } = server.address() as AddressInfo
  const args = ['--input-type=module', '--eval', OPENER, source, path, String(port), name, String(count)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  children.push(child)
  return child
}

describe('the budget of connections of two processes', () => {
  it('is never exceeded, and everybody gets a turn', async () => {
    const exits = await Promise.all([start('a', 3), start('b', 3)].map((child) => once(child, 'exit')))
    expect(exits.map(([code]) => Number(code))).toEqual([0, 0])
    expect(counted).toMatchObject({ now: 0, all: 12 })
    // How many are open at once is up to the machine; never more than two.
    expect(counted.most).toBeLessThanOrEqual(2)
  }, 60_000)

  it('is whole again after one was killed and its leases have run out', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    onConnection = (socket) => {
      socket.write('hello')
      if (counted.now === 2) resolve()
    }
    // The goodbye is not answered: both places stay taken.
    server.prependListener('connection', (socket: Socket) => socket.pause())
    const child = start('a', 1)
    await promise
    child.kill('SIGKILL')
    await once(child, 'exit')

    const ledger = await openLedger(path)
    const openStore = async () => createMemoryStore(createMemoryDisk(['/in']))
    const options = { label: 'test', newOwner: () => 'me', waitMs: 0 }
    await expect(withinBudget(openStore, ledger, { ...options, clock: systemClock })()).rejects.toMatchObject({
      code: 'TRANSFER_BUSY',
    })
    const later = { ...systemClock, now: () => new Date(Date.now() + 61_000) }
    const store = await withinBudget(openStore, ledger, { ...options, clock: later })()
    await store.close()
    await ledger.close()
  }, 60_000)
})
