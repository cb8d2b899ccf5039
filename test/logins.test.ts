import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { canUsePassword, type OpenSshServer, startOpenSsh } from './servers/openssh.ts'
import { startScriptedServer } from './servers/scripted.ts'
import { type CliResult, runCli } from './support/run-cli.ts'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()
let server: OpenSshServer
beforeAll(async () => {
  server = await startOpenSsh()
})
afterAll(() => server.stop())

interface Login {
  readonly port?: number
  readonly hostKey?: string
  readonly username?: string
  /** YAML of the secrets. */
  readonly secrets: string
}

/** Tries a login as the configuration has it. */
async function login({ port, hostKey, username, secrets }: Login): Promise<CliResult & { readonly login: string }> {
  folder.write(
    'flatgate.yaml',
    `server:\n  host: 127.0.0.1\n  port: ${port ?? server.port}\n  username: ${username ?? server.username}\n` +
      `  hostKey: "${hostKey ?? server.fingerprint}"\n${secrets}`,
  )
  const env = { PASSWORD: server.password ?? '', PASSPHRASE: 'open sesame', WRONG: 'hunter2' }
  const result = await runCli(['doctor'], { folder: folder.path, env })
  return { ...result, login: result.out.find((line) => line.includes(' login: ')) ?? '' }
}

/** Makes a key that may log in. */
function keyWith(...form: readonly string[]): void {
  execFileSync('ssh-keygen', ['-q', '-C', 'test', '-f', folder.at('key'), ...form])
  appendFileSync(`${server.keyFile}.pub`, `\n${readFileSync(folder.at('key.pub'), 'utf8')}`)
}

const KEY = '  privateKey: ${file:key}\n'

describe('a login that the configuration describes, at OpenSSH', () => {
  it.each([
    ['an RSA key of 2,048 bits in PEM form', ['-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '']],
    ['an RSA key of 4,096 bits in the form of OpenSSH', ['-t', 'rsa', '-b', '4096', '-N', '']],
    ['an ECDSA key', ['-t', 'ecdsa', '-b', '256', '-N', '']],
    ['an Ed25519 key', ['-t', 'ed25519', '-N', '']],
  ])('succeeds with %s', async (_title, form) => {
    keyWith(...form)
    expect(await login({ secrets: KEY })).toMatchObject({ exit: 0, login: expect.stringMatching(/^ok /) })
  })

  it.each([
    ['Ed25519 in the form of OpenSSH', ['-t', 'ed25519']],
    ['RSA in the form of OpenSSH', ['-t', 'rsa', '-b', '2048']],
    ['RSA in PEM form', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
  ])('succeeds with a key that a passphrase protects, and says so when it is wrong (%s)', async (_title, form) => {
    keyWith(...form, '-N', 'open sesame')
    expect((await login({ secrets: `${KEY}  passphrase: \${env:PASSPHRASE}\n` })).login).toMatch(/^ok /)
    for (const secrets of [KEY, `${KEY}  passphrase: \${env:WRONG}\n`]) {
      const { exit, login: said, out } = await login({ secrets })
      expect({ exit, said }).toEqual({ exit: 4, said: expect.stringMatching(/^FAILED .*TRANSFER_AUTH.*passphrase/) })
      expect(out.join('\n')).not.toMatch(/hunter2|PRIVATE KEY/)
    }
  })

  it('is not tried with a private key that the group may read', async () => {
    keyWith('-t', 'ed25519', '-N', '')
    chmodSync(folder.at('key'), 0o640)
    const { exit, out } = await login({ secrets: KEY })
    expect({ exit, out: out.join('\n') }).toEqual({
      exit: 2,
      out: expect.stringMatching(/the group may read this private key/),
    })
  })

  it('is not tried with a public key in the place of the private one', async () => {
    keyWith('-t', 'ed25519', '-N', '')
    renameSync(folder.at('key.pub'), folder.at('key'))
    chmodSync(folder.at('key'), 0o600)
    const { exit, login: said } = await login({ secrets: KEY })
    expect({ exit, said }).toEqual({ exit: 4, said: expect.stringMatching(/TRANSFER_AUTH/) })
  })

  it(`succeeds with a password from the environment or a file${canUsePassword ? '' : ' (not provable here: only root can make a user)'}`, async () => {
    expect(canUsePassword).toBe(server.password !== undefined)
    if (server.password === undefined) return
    folder.write('password', `${server.password}\n`, 0o600)
    for (const secrets of ['  password: ${env:PASSWORD}\n', '  password: ${file:password}\n']) {
      expect((await login({ secrets })).login).toMatch(/^ok /)
    }
    expect(await login({ secrets: '  password: ${env:WRONG}\n' })).toMatchObject({ exit: 4 })
  })
})

describe('a login at a server that knows only keyboard-interactive', () => {
  it('is made with the password of the configuration', async () => {
    mkdirSync(folder.at('root'))
    const asked: string[] = []
    const interactive = await startScriptedServer(folder.at('root'), {
      login: (attempt) => {
        if (attempt.method !== 'keyboard-interactive') {
          attempt.reject(['keyboard-interactive'])
          return
        }
        attempt.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
          asked.push(...answers)
          if (answers[0] === 'right') attempt.accept()
          else attempt.reject(['keyboard-interactive'])
        })
      },
    })
    try {
      const place = { port: interactive.port, hostKey: interactive.fingerprint, username: 'coupa' }
      folder.write('password', 'right', 0o600)
      const secrets = '  password: ${file:password}\n'
      expect((await login({ ...place, secrets })).login).toMatch(/^ok /)
      folder.write('password', 'wrong', 0o600)
      expect((await login({ ...place, secrets })).login).toMatch(/^FAILED .*TRANSFER_AUTH/)
      // Asked once each: a second try may lock the account.
      expect(asked).toEqual(['right', 'wrong'])
    } finally {
      await interactive.stop()
    }
  })
})
