import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { type CliResult, runCli } from './support/run-cli.ts'
import { USERS, useSandboxGateway } from './support/sandbox-gateway.ts'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const FLOWS = '  users: { object: users }\n  out: { object: suppliers, direction: export }\n'
const run = (...words: string[]): Promise<CliResult> => runCli(words, { folder: folder.path })

let other: Sandbox
beforeEach(async () => {
  other = await startSandbox({ folder: folder.at('other'), cycleSeconds: 3600 })
})
afterEach(() => other.close())

/** Points the configuration to the other server, with its key pinned and its password at hand. */
function pointToOther(): void {
  const { sandbox } = gateway
  const text = readFileSync(folder.at('flatgate.yaml'), 'utf8')
  folder.write('secret', other.password ?? '', 0o600)
  folder.write(
    'flatgate.yaml',
    text.replace(`port: ${sandbox.port}`, `port: ${other.port}`).replace(sandbox.fingerprint, other.fingerprint),
  )
}

const sentTo = (name: string): readonly string[] => readdirSync(folder.at(name, 'sftp/Incoming/Users'))

describe('a ledger that belongs to one server', () => {
  beforeEach(async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/first.csv', USERS)
    expect((await run('run')).exit).toBe(0)
    pointToOther()
    folder.write('inbound/users/second.csv', USERS.replaceAll('bob', 'carl'))
    folder.write('third.csv', USERS.replaceAll('bob', 'dora'))
  })

  it.each([[['run']], [['send', 'third.csv']], [['fetch']], [['serve']]])(
    'makes %j end before anything is taken in or sent when another one is configured',
    async (words) => {
      const { exit, err } = await run(...words)
      expect(exit).toBe(2)
      expect(err.join('\n')).toMatch(
        new RegExp(`SERVER_CHANGED: .*known=sftp://.*:${gateway.sandbox.port} .*configured=sftp://.*:${other.port} `),
      )
      expect(err.join('\n')).toMatch(/→ .*flatgate doctor --trust/)
      expect(sentTo('other')).toEqual([])
      expect(readdirSync(folder.at('inbound/users'))).toContain('second.csv')
    },
  )

  it('is told so by doctor, which does not log in either', async () => {
    const { exit, out } = await run('doctor')
    expect(exit).toBe(2)
    expect(out.join('\n')).toMatch(/^FAILED +server: SERVER_CHANGED/m)
  })

  it('goes on with the other one once a person has said so', async () => {
    expect((await run('doctor', '--trust', other.fingerprint)).exit).toBe(0)
    expect((await run('run')).exit).toBe(0)
    expect(sentTo('other')).toEqual([expect.stringMatching(/^users_.*\.csv$/)])
    // And not back again by itself.
    const text = readFileSync(folder.at('flatgate.yaml'), 'utf8')
    folder.write('flatgate.yaml', text.replace(`port: ${other.port}`, `port: ${gateway.sandbox.port}`))
    expect((await run('run')).exit).toBe(2)
  })
})

describe('a configuration for a test instance', () => {
  it.each([
    ['its host', '127.0.0.*'],
    ['its key', 'FINGERPRINT'],
  ])('is refused by every command before any connection when production is known by %s', async (_title, entry) => {
    const listed = entry.replace('FINGERPRINT', gateway.sandbox.fingerprint)
    gateway.configure(`${FLOWS}coupa: { instance: test, productionHosts: ["${listed}"] }\n`)
    // Nobody may even knock: whoever does meets a server that is gone.
    await gateway.sandbox.close()
    folder.write('inbound/users/hr.csv', USERS)
    folder.write('hr.csv', USERS)
    for (const words of [['run'], ['send', 'hr.csv'], ['fetch'], ['serve'], ['doctor', '--probe']]) {
      const { exit, err } = await run(...words)
      expect({ words, exit, err: err.join('\n') }).toEqual({
        words,
        exit: 2,
        err: expect.stringMatching(/SERVER_IS_PRODUCTION: /),
      })
    }
    expect(readdirSync(folder.at('inbound/users'))).toContain('hr.csv')
  })

  it('sends to a server that is not listed', async () => {
    gateway.configure(`${FLOWS}coupa: { instance: test, productionHosts: ["sftp.example.com"] }\n`)
    folder.write('inbound/users/hr.csv', USERS)
    expect((await run('run')).exit).toBe(0)
    expect(sentTo('coupa')).toHaveLength(1)
  })
})
