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
    const { chmodSync } = await import('node:fs')
    chmodSync(folder.at('p'), mode)
    const error = await caught(() => read('  password: ${file:p}\n'))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/chmod 600/)
    expect(error.message).not.toContain('hunter2')
  })

  it('takes a file that the group may read', () => {
    folder.write('p', 'x', 0o640)
    expect(read('  password: ${file:p}\n')).toEqual({ password: 'x' })
  })
})

describe('secretsOf', () => {
  it('gives what can be read and leaves out what cannot', () => {
    const config = loaded('  password: ${env:P}\n  passphrase: ${env:NONE}\n')
    expect(secretsOf(config, { env: { P: 'x' }, folder: folder.path })).toEqual(['x'])
  })
})
