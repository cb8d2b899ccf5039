import { renameSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.ts'
import { type RealProcess, runFlatgate, startFlatgate } from '../support/real-process.ts'
import { USERS } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'
import { untilThere } from '../support/until-there.ts'

const folder = useTempFolder()
const started: RealProcess[] = []
let server: OpenSshServer
let incoming: string
let archive: string
let tests = 0

beforeAll(async () => {
  server = await startOpenSsh()
})
afterAll(() => server.stop())
beforeEach(() => {
  tests += 1
  const home = join(server.root, String(tests))
  incoming = join(home, 'Users')
  archive = join(home, 'Archive')
  for (const path of [home, incoming, archive]) server.makeFolder(path)
  configure()
})
afterEach(async () => {
  for (const running of started.splice(0)) await running.kill()
})

function configure(change: { readonly login?: string; readonly hostKey?: string; readonly port?: number } = {}): void {
  folder.write('key', server.privateKey, 0o600)
  const login = change.login ?? 'privateKey: "${file:key}"'
  const { hostKey = server.fingerprint, port = server.port } = change
  folder.write(
    'flatgate.yaml',
    `server: { host: ${server.host}, port: ${port}, username: ${server.username}, hostKey: "${hostKey}", ${login} }\n` +
      'pickUp: { settleSeconds: 0.2, lookEverySeconds: 0.2, askEverySeconds: 0.5 }\n' +
      `flows: { users: { object: users, to: "${incoming}", archives: ["${archive}"] } }\n`,
  )
}

describe('flatgate and OpenSSH', () => {
  it('serves: a file that is dropped is placed, and seen again in the archive', async () => {
    const gateway = startFlatgate(['serve'], { folder: folder.path })
    started.push(gateway)
    await gateway.said(/"serving"/)
    folder.write('inbound/users/hr.csv', USERS)
    const [name = ''] = await untilThere(incoming, /\.csv$/)
    // What Coupa does with a file that it takes.
    renameSync(join(incoming, name), join(archive, basename(name)))
    await gateway.said(/"taken"/)
    gateway.child.kill('SIGTERM')
    expect((await gateway.ended).exit).toBe(0)
    const { out } = await runFlatgate(['history', 'hr.csv', '--json'], { folder: folder.path })
    expect(JSON.parse(out)).toMatchObject({ files: [{ state: 'taken', parts: [{ name, state: 'taken' }] }] })
  })

  it.each([
    ['a wrong password', 4, /TRANSFER_AUTH/, { login: 'password: hunter2' }],
    ['another host key', 4, /TRANSFER_HOST_KEY/, { hostKey: `SHA256:${'A'.repeat(43)}` }],
    ['a server that is down', 3, /TRANSFER_CONNECT/, { port: 1 }],
  ])(
    'ends a run with %s by exit code %i, tells no secret and keeps the file for later',
    async (_title, exit, code, change) => {
      configure(change)
      folder.write('inbound/users/hr.csv', USERS)
      const ended = await runFlatgate(['run', '--verbose'], { folder: folder.path })
      expect({ exit: ended.exit, err: ended.err }).toEqual({ exit, err: expect.stringMatching(code) })
      expect(ended.out + ended.err).not.toMatch(/hunter2|PRIVATE KEY/)
      expect(readdirSync(incoming)).toEqual([])
      configure()
      expect(await runFlatgate(['run'], { folder: folder.path })).toMatchObject({ exit: 0, err: '' })
      expect(readdirSync(incoming)).toHaveLength(1)
    },
  )

  it('finds everything in order with doctor, and removes what it put there', async () => {
    const { exit, out } = await runFlatgate(['doctor'], { folder: folder.path })
    expect({ exit, out }).toEqual({ exit: 0, out: expect.not.stringMatching(/FAILED/) })
    expect(readdirSync(incoming)).toEqual([])
  })
})
