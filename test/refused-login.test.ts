import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type OpenSshServer, startOpenSsh } from './servers/openssh.ts'
import { type RealProcess, startFlatgate } from './support/real-process.ts'
import { type CliResult, jsonOf, runCli } from './support/run-cli.ts'
import { USERS } from './support/sandbox-gateway.ts'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()
const started: RealProcess[] = []
let server: OpenSshServer
/** Public keys that may log in, as they were before the test. */
let mayLogIn: string
let tests = 0

beforeAll(async () => {
  server = await startOpenSsh()
})
afterAll(() => server.stop())
beforeEach(() => {
  tests += 1
  const home = join(server.root, String(tests))
  for (const path of [home, join(home, 'Users'), join(home, 'Out')]) server.makeFolder(path)
  mayLogIn = readFileSync(`${server.keyFile}.pub`, 'utf8')
  execFileSync('ssh-keygen', ['-q', '-C', 'test', '-t', 'ed25519', '-N', '', '-f', folder.at('key')])
  folder.write(
    'flatgate.yaml',
    `server: { host: ${server.host}, port: ${server.port}, username: ${server.username}, ` +
      `hostKey: "${server.fingerprint}", privateKey: "\${file:key}" }\n` +
      'pickUp: { settleSeconds: 0.01, lookEverySeconds: 0.2 }\n' +
      `flows:\n  users: { object: users, to: "${home}/Users" }\n` +
      `  out: { object: suppliers, direction: export, from: "${home}/Out" }\n`,
  )
  folder.write('inbound/users/hr.csv', USERS)
})
afterEach(async () => {
  for (const running of started.splice(0)) await running.kill()
  writeFileSync(`${server.keyFile}.pub`, mayLogIn)
})

const run = (...words: string[]): Promise<CliResult> => runCli(words, { folder: folder.path })
const exits = async (...calls: string[][]): Promise<number[]> => {
  const found: number[] = []
  for (const words of calls) found.push((await run(...words)).exit)
  return found
}

/** How often a login with a credential was refused up to the last one that succeeded; one has to. */
async function refusedLogins(from: number): Promise<number> {
  const ours = (): readonly string[] =>
    server.said.slice(from).filter((line) => /^(?:Failed|Accepted) (?!none)/.test(line))
  // What the server says reaches us a moment after what it does.
  while (!ours().some((line) => line.startsWith('Accepted'))) await new Promise((resolve) => setImmediate(resolve))
  return ours().filter((line) => line.startsWith('Failed')).length
}

async function openAlarms(): Promise<readonly { readonly id: string; readonly kind: string }[]> {
  return (jsonOf(await run('alarms', '--json')) as { alarms: { id: string; kind: string }[] }).alarms
}

/** Puts the right key in the place of the wrong one. */
function correctTheKey(): void {
  copyFileSync(server.keyFile, folder.at('key'))
  chmodSync(folder.at('key'), 0o600)
}

describe('a login that OpenSSH refused', () => {
  it('fault 20: is not tried again by any later call, until the key is another one', async () => {
    const before = server.said.length
    expect(
      await exits(
        ['run'],
        ['run'],
        ['fetch'],
        ['send', folder.write('more.csv', USERS.replaceAll('ann', 'cat')), '--flow', 'users'],
        ['run'],
      ),
    ).toEqual([4, 4, 4, 4, 4])
    const { err } = await run('run', 'users')
    expect(err.join('\n')).toMatch(/users: LOGIN_BARRED[^]*→ correct user, password or key/)
    expect((await openAlarms()).map(({ kind }) => kind)).toContain('login-refused')
    correctTheKey()
    expect(await exits(['run'])).toEqual([0])
    expect((await openAlarms()).map(({ kind }) => kind)).not.toContain('login-refused')
    expect(await refusedLogins(before)).toBe(1)
  })

  it('fault 20: is tried once more each time that a person acknowledges the alarm', async () => {
    const before = server.said.length
    expect(await exits(['run'], ['run'])).toEqual([4, 4])
    const [first] = await openAlarms()
    expect(await exits(['alarms', 'ack', first?.id ?? '', '--by', 'ann'], ['run'], ['run'])).toEqual([0, 4, 4])
    const [second] = await openAlarms()
    expect(second?.id).not.toBe(first?.id)
    correctTheKey()
    expect(await exits(['run'])).toEqual([0])
    expect(await refusedLogins(before)).toBe(2)
  })

  it('fault 20: is tried again when flatgate doctor got in, which ends the alarm', async () => {
    const before = server.said.length
    expect(await exits(['run'], ['run'])).toEqual([4, 4])
    // The operator of the server lets the key in.
    appendFileSync(`${server.keyFile}.pub`, readFileSync(folder.at('key.pub'), 'utf8'))
    expect(await exits(['run'])).toEqual([4])
    expect((await run('doctor')).out.join('\n')).toMatch(/ok +alarm: login-refused \(\w+\) is over/)
    expect(await openAlarms()).toEqual([])
    expect(await exits(['run'])).toEqual([0])
    expect(await refusedLogins(before)).toBe(1)
  })

  it('fault 20: is tried again by a service that runs, without a restart, once the key is another one', async () => {
    const before = server.said.length
    const gateway = startFlatgate(['serve'], { folder: folder.path })
    started.push(gateway)
    await gateway.said(/is not asked again before a login succeeds/)
    correctTheKey()
    await gateway.said(/"the server is asked again"/)
    await gateway.said(/"placed"/)
    expect(await refusedLogins(before)).toBe(1)
  })
})
