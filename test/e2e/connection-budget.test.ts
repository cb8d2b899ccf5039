import { once } from 'node:events'
import { mkdirSync, readdirSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.ts'
import { runFlatgate } from '../support/real-process.ts'
import { USERS } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()
const GATEWAYS = ['a', 'b', 'c'] as const
const counted = { now: 0, most: 0, all: 0 }
let server: OpenSshServer
let door: Server
let home: string
let tests = 0

beforeAll(async () => {
  server = await startOpenSsh()
})
afterAll(() => server.stop())
beforeEach(async () => {
  Object.assign(counted, { now: 0, most: 0, all: 0 })
  tests += 1
  home = join(server.root, String(tests))
  server.makeFolder(home)
  door = createServer({ allowHalfOpen: true }, (client) => {
    counted.now += 1
    counted.all += 1
    counted.most = Math.max(counted.most, counted.now)
    let isCounted = true
    const leave = (): void => {
      if (isCounted) counted.now -= 1
      isCounted = false
    }
    const sshd = connect({ host: server.host, port: server.port, allowHalfOpen: true })
    // Counted out before the other side hears of the end, so that its place cannot be taken earlier.
    client.on('data', (bytes) => sshd.write(bytes)).on('end', () => [leave(), sshd.end()])
    sshd.on('data', (bytes) => client.write(bytes)).on('end', () => [leave(), client.end()])
    client.on('error', () => [leave(), sshd.destroy()])
    sshd.on('error', () => [leave(), client.destroy()])
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
})
afterEach(() => {
  door.close()
})

/** Several configurations with one ledger, each with flows of its own. */
function configure(name: string, connections: string): void {
  const { port } = door.address() as AddressInfo
  folder.write('key', server.privateKey, 0o600)
  const flows = [1, 2].map((number) => {
    const remote = join(home, `${name}${number}`)
    for (const path of [remote, join(home, `${name}${number}-archive`)]) server.makeFolder(path)
    folder.write(`inbound/${name}${number}/hr.csv`, USERS)
    return `  ${name}${number}: { object: users, from: inbound/${name}${number}, to: "${remote}", archives: ["${remote}-archive"] }\n`
  })
  folder.write(
    `${name}.yaml`,
    `server: { host: 127.0.0.1, port: ${port}, username: ${server.username}, hostKey: "${server.fingerprint}", privateKey: "\${file:key}"${connections} }\n` +
      `pickUp: { settleSeconds: 0.01 }\nflows:\n${flows.join('')}`,
  )
}

describe('the connections of several processes of one gateway to OpenSSH', () => {
  it.each([
    ['two where nothing else is said', '', 2],
    ['one where the configuration says so', ', connections: 1', 1],
  ])(
    'are never more than %s, and every process gets its turn',
    async (_title, connections, limit) => {
      mkdirSync(folder.at('.flatgate'))
      for (const name of GATEWAYS) configure(name, connections)
      const ended = await Promise.all([
        ...GATEWAYS.map((name) => runFlatgate(['run', '--config', `${name}.yaml`], { folder: folder.path })),
        runFlatgate(['doctor', '--config', 'a.yaml'], { folder: folder.path }),
      ])
      expect(ended.map(({ exit, err }) => ({ exit, err }))).toEqual(ended.map(() => ({ exit: 0, err: '' })))
      for (const name of GATEWAYS)
        for (const number of [1, 2]) expect(readdirSync(join(home, `${name}${number}`))).toHaveLength(1)
      // One session for each run, two for the doctor: a look at the host key and the login.
      expect(counted).toMatchObject({ now: 0, all: GATEWAYS.length + 2 })
      expect(counted.most).toBeLessThanOrEqual(limit)
    },
    120_000,
  )
})
