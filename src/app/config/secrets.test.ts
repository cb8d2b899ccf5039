import { chmodSync, chownSync, mkdirSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { caught } from '../../../test/support/caught.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { loadConfig } from './load-config.ts'
import { readSecrets, secretsOf, type Secrets } from './secrets.ts'

const folder = useTempFolder()

function loaded(server: string): ReturnType<typeof loadConfig> {
  return loadConfig(folder.write('flatgate.yaml', `server:\n  host: h\n  username: u\n${server}`))
}

function read(server: string, env: Record<string, string> = {}): Secrets {
  const { config } = loaded(server)
  if (config.server === undefined) throw new Error('no server')
  return readSecrets(config.server, { env, folder: folder.path })
}

describe('readSecrets', () => {
  it('reads the environment, a file without its last line end, and text', () => {
    folder.write('key', 'BEGIN\nEND\n', 0o600)
    expect(
      read('  password: ${env:P}\n  privateKey: ${file:key}\n  passphrase: p$ss{}\n', { P: ' two words ' }),
    ).toEqual({ password: ' two words ', privateKey: 'BEGIN\nEND', passphrase: 'p$ss{}' })
  })

  it('reads a file of the home folder', () => {
    folder.write('home/.ssh/coupa', 'k', 0o600)
    expect(read('  privateKey: ${file:~/.ssh/coupa}\n', { HOME: folder.at('home') })).toEqual({ privateKey: 'k' })
  })

  it('names the variable that is missing or empty', async () => {
    for (const env of [{}, { P: '' }]) {
      const { code, details } = await caught(() => read('  password: ${env:P}\n', env))
      expect({ code, ...details }).toEqual({ code: 'CONFIG_SECRET_MISSING', place: 'server.password', variable: 'P' })
    }
  })

  it('names the file that is missing', async () => {
    const { code, details } = await caught(() => read('  password: ${file:none}\n'))
    expect({ code, ...details }).toMatchObject({ code: 'CONFIG_SECRET_MISSING', path: folder.at('none') })
  })

  it.each([
    [0o604, 'CONFIG_INVALID'],
    [0o602, 'CONFIG_INVALID'],
  ])('refuses a file of mode %o, which everybody may read or replace', async (mode, code) => {
    folder.write('p', 'hunter2', 0o600)
    chmodSync(folder.at('p'), mode)
    const error = await caught(() => read('  password: ${file:p}\n'))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/chmod 600/)
    expect(error.message).not.toContain('hunter2')
  })

  /** Writes a secret with exactly this mode, whatever the umask says. */
  function secretWith(mode: number): void {
    folder.write('p', 'x', 0o600)
    chmodSync(folder.at('p'), mode)
  }

  it.each([
    ['password', 0o600, true],
    ['password', 0o400, true],
    ['password', 0o640, true],
    ['password', 0o644, false],
    ['privateKey', 0o600, true],
    ['privateKey', 0o640, false],
    ['privateKey', 0o644, false],
    ['passphrase', 0o644, false],
  ])('takes a file with the %s and mode %o: %s', async (key, mode, isFit) => {
    secretWith(mode)
    const work = () => read(`  ${key}: \${file:p}\n`)
    if (isFit) expect(work()).toEqual({ [key]: 'x' })
    else expect(await caught(work)).toMatchObject({ code: 'CONFIG_INVALID', details: { place: `server.${key}` } })
  })

  const isRoot = process.getuid?.() === 0
  it(`takes a private key that another user lends to our group${isRoot ? '' : ' (not provable here: only root can give a file away)'}`, () => {
    secretWith(0o640)
    if (isRoot) chownSync(folder.at('p'), 65_534, 0)
    else expect(isRoot).toBe(false)
    if (isRoot) expect(read('  privateKey: ${file:p}\n')).toEqual({ privateKey: 'x' })
  })

  it('follows a link, and judges what it leads to', async () => {
    secretWith(0o600)
    symlinkSync(folder.at('p'), folder.at('link'))
    expect(read('  password: ${file:link}\n')).toEqual({ password: 'x' })
    chmodSync(folder.at('p'), 0o644)
    expect((await caught(() => read('  password: ${file:link}\n'))).code).toBe('CONFIG_INVALID')
  })

  it('refuses a folder and a link that leads nowhere', async () => {
    mkdirSync(folder.at('d'), { mode: 0o700 })
    symlinkSync(folder.at('nothing'), folder.at('dangling'))
    const { code, message } = await caught(() => read('  password: ${file:d}\n'))
    expect({ code, message }).toEqual({ code: 'CONFIG_INVALID', message: expect.stringMatching(/no regular file/) })
    expect((await caught(() => read('  password: ${file:dangling}\n'))).code).toBe('CONFIG_SECRET_MISSING')
  })
})

describe('secretsOf', () => {
  it('gives what can be read and leaves out what cannot', () => {
    const config = loaded('  password: ${env:P}\n  passphrase: ${env:NONE}\n')
    expect(secretsOf(config, { env: { P: 'x' }, folder: folder.path })).toEqual(['x'])
  })
})
