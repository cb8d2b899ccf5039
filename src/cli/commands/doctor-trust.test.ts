import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { startSandbox } from '../../sandbox/index.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const FLOWS = '  users: { object: users }\n'
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })
const doctor = (...words: string[]): ReturnType<typeof runCli> => run('doctor', ...words)

/** A configuration in which no key is pinned. */
function configureWithoutPin(more = ''): string {
  const text = readFileSync(gateway.configure(FLOWS), 'utf8').replace(/^ {2}hostKey.*\n/m, '')
  folder.write('flatgate.yaml', text + more)
  return text
}

describe('flatgate doctor --trust', () => {
  it('pins the key that is given in full in a known_hosts file, and leaves flatgate.yaml as it is', async () => {
    const text = configureWithoutPin('# a comment\n')
    const { fingerprint, port } = gateway.sandbox
    const { exit, out, err } = await doctor('--trust', fingerprint)
    expect({ exit, out }).toEqual({
      exit: 0,
      out: [`ssh-ed25519 ${fingerprint} is pinned in ${folder.at('known_hosts')}.`],
    })
    expect(err.join('\n')).toMatch(/shows:\n +ssh-ed25519 +SHA256:.*\nCompare with what the operator/)
    expect(readFileSync(folder.at('known_hosts'), 'utf8')).toMatch(
      new RegExp(`^\\[127\\.0\\.0\\.1\\]:${port} ssh-ed25519 [A-Za-z0-9+/=]+\\n$`),
    )
    expect(readFileSync(folder.at('flatgate.yaml'), 'utf8')).toBe(`${text}# a comment\n`)
    // From now on every command trusts it.
    expect((await doctor()).exit).toBe(0)
    folder.write('inbound/users/hr.csv', USERS)
    expect((await run('run')).exit).toBe(0)
  })

  it('writes where server.knownHosts says, and tells the result as JSON', async () => {
    const text = configureWithoutPin().replace('pickUp:', '  knownHosts: keys/of-coupa\npickUp:')
    folder.write('flatgate.yaml', text)
    const { fingerprint, host, port, username } = gateway.sandbox
    expect(jsonOf(await doctor('--json', '--trust', fingerprint))).toEqual({
      version: 1,
      server: `sftp://${username}@${host}:${port}`,
      trusted: { type: 'ssh-ed25519', fingerprint },
      path: folder.at('keys/of-coupa'),
      replaced: [],
      alsoPinned: [],
    })
    expect((await doctor()).exit).toBe(0)
  })

  it.each([
    ['no fingerprint where nobody can be asked', [], 2, /USAGE.*give the fingerprint in full/],
    ['a fingerprint that is cut off', ['SHA256:abc'], 2, /USAGE.*whole fingerprint/],
    ['the fingerprint of another key', [`SHA256:${'A'.repeat(43)}`], 4, /TRANSFER_HOST_KEY.*found=SHA256:/],
  ])('pins nothing with %s', async (_title, given, exit, message) => {
    configureWithoutPin()
    const ended = await doctor('--trust', ...given)
    expect({ exit: ended.exit, out: ended.out }).toEqual({ exit, out: [] })
    expect(ended.err.join('\n')).toMatch(message)
    expect(existsSync(folder.at('known_hosts'))).toBe(false)
  })

  it('ends where a file that the configuration names is missing, so that no revoked key is overlooked', async () => {
    folder.write('flatgate.yaml', readFileSync(gateway.configure(FLOWS, '  knownHosts: nowhere\n'), 'utf8'))
    const { exit, out } = await doctor()
    expect(exit).toBe(2)
    expect(out.join('\n')).toMatch(/FAILED +host key: FILE_NOT_FOUND.*nowhere/)
  })
})

describe('a server that shows another key', () => {
  it('gets nothing, both fingerprints are said, and goes on only after a person said so', async () => {
    configureWithoutPin()
    const { fingerprint: first, port, password = '' } = gateway.sandbox
    await doctor('--trust', first)
    folder.write('inbound/users/one.csv', USERS)
    expect((await run('run')).exit).toBe(0)

    await gateway.sandbox.close()
    const other = await startSandbox({ folder: folder.at('coupa-2'), port, password, cycleSeconds: 3600 })
    try {
      expect(other.fingerprint).not.toBe(first)
      folder.write('inbound/users/two.csv', USERS.replaceAll('bob', 'carl'))
      const ended = await run('run')
      expect(ended.exit).toBe(4)
      expect(ended.err.join('\n')).toMatch(
        new RegExp(`TRANSFER_HOST_KEY: .*expected=${escape(first)} found=${escape(other.fingerprint)}`),
      )
      const { out } = await doctor('--trust', other.fingerprint)
      expect(out).toEqual([
        `ssh-ed25519 ${other.fingerprint} is pinned in ${folder.at('known_hosts')}.`,
        `${first} is not any more.`,
        expect.stringMatching(/^The ledger belongs to sftp:.* from now on; before, to sftp:/),
      ])
      expect(readFileSync(folder.at('known_hosts'), 'utf8').trim().split('\n')).toHaveLength(1)
      expect((await run('run')).exit).toBe(0)
    } finally {
      await other.close()
    }
  })
})

function escape(text: string): string {
  return text.replaceAll(/[+/.]/g, '\\$&')
}
