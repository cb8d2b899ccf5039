import { describe, expect, it } from '@jest/globals'
import { caught } from '../../../test/support/caught.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { findConfig } from './find-config.ts'
import { loadConfig } from './load-config.ts'

const folder = useTempFolder()
const load = (text: string): ReturnType<typeof loadConfig> => loadConfig(folder.write('flatgate.yaml', text))
const fault = async (text: string): Promise<Record<string, unknown>> => {
  const { code, details } = await caught(() => load(text))
  return { code, ...details }
}

describe('loadConfig', () => {
  it('fills in every default and remembers what the file itself says', () => {
    const { config, said } = load('flows:\n  users:\n    object: users\n')
    expect(config.flows['users']).toMatchObject({ direction: 'import', missedRuns: 'run-once', ignoreRules: [] })
    expect(config.pickUp.settleSeconds).toBe(2)
    expect([...said]).toEqual(['flows.users.object'])
  })

  it('takes an empty file for all defaults', () => {
    expect(load('').config.timeZone).toBe('UTC')
  })

  it('takes one host key or several', () => {
    const key = `SHA256:${'a'.repeat(43)}`
    const server = (hostKey: string): unknown =>
      load(`server: { host: h, username: u, hostKey: ${hostKey} }`).config.server?.hostKey
    expect(server(`"${key}"`)).toEqual([key])
    expect(server(`["${key}", "${key}"]`)).toEqual([key, key])
  })

  it('says that there is no file', async () => {
    expect((await caught(() => loadConfig(folder.at('none.yaml')))).code).toBe('CONFIG_NOT_FOUND')
  })

  it.each([
    [
      'an unknown setting',
      'timeZone: UTC\n\nserver:\n  hst: x\n',
      { line: 4, place: 'server.hst' },
      /did you mean host\?/,
    ],
    [
      'a number out of range',
      'server:\n  host: h\n  username: u\n  port: 99999\n',
      { line: 4, place: 'server.port' },
      /must be at most 65535/,
    ],
    ['an unknown block', 'timeZone: UTC\nservr:\n  host: x\n', { line: 2, place: 'servr' }, /did you mean server\?/],
    [
      'an unknown setting without a value',
      'timeZone: UTC\ncolour:\n',
      { line: 2, place: 'colour' },
      /there are timeZone/,
    ],
    [
      'a misspelt setting of a flow',
      'flows:\n  users:\n    objct: users\n    object: users\n',
      { line: 3, place: 'flows.users.objct' },
      /did you mean object\?/,
    ],
    [
      'a setting of the other direction',
      'flows:\n  out:\n    direction: export\n    object: users\n    prefix: x\n',
      { line: 5, place: 'flows.out.prefix' },
      /no such setting here; there are .*after/,
    ],
    ['a wrong type', 'server:\n  host: h\n  username: u\n  port: many\n', { line: 4, place: 'server.port' }, /number/],
    ['a time zone that is none', 'timeZone: Berlin\n', { line: 1, place: 'timeZone' }, /Europe\/Berlin/],
    [
      'a flow without an object',
      'flows:\n  users: {}\n',
      { line: 2, place: 'flows.users.object' },
      /is missing, and must be a text/,
    ],
    ['a name of a flow with blanks', 'flows:\n  My Flow: { object: users }\n', { line: 2 }, /lower-case letters/],
    ['a direction that is none', 'flows:\n  users: { direction: in, object: users }\n', { line: 2 }, /./],
    ['a relative folder of the server', 'flows:\n  a: { object: users, to: Incoming }\n', { line: 2 }, /begin with \//],
    ['a fingerprint of another kind', 'server: { host: h, username: u, hostKey: "MD5:a" }\n', { line: 1 }, /SHA256/],
    ['text that is no YAML', 'server:\n  host: [\n', {}, /no YAML/],
    ['a key that stands twice', 'timeZone: UTC\ntimeZone: UTC\n', { line: 2 }, /unique/],
  ])('refuses %s with its line', async (_title, text, where, reason) => {
    const found = await fault(text)
    expect(found).toMatchObject({ code: 'CONFIG_INVALID', path: folder.at('flatgate.yaml'), ...where })
    expect(found['reason']).toMatch(reason)
  })

  it.each(['${env:HOST}', '${file:host}', 'a${env:HOST}'])('refuses %s outside the three secrets', async (host) => {
    expect(await fault(`server:\n  username: u\n  host: ${host}\n`)).toMatchObject({ line: 3, place: 'server.host' })
  })

  it.each([
    ['server:\n  host: h\n  username: u\n  password: { env: PW }\n', 'server.password', 'must be a text'],
    ['server:\n  host: h\n  username: u\n  port: many\n', 'server.port', 'must be a number'],
    ['server:\n  host: h\n  username: u\n  flush: often\n', 'server.flush', 'must be true or false'],
    ['server: here\n', 'server', 'must be a map of settings'],
  ])('says in words what a setting has to be (%#)', async (text, place, reason) => {
    expect(await fault(text)).toMatchObject({ place, reason })
  })

  it('refuses a reference with other text around it, which would be sent as it stands', async () => {
    const found = await fault('server:\n  host: h\n  username: u\n  password: "x${env:P}"\n')
    expect(found).toMatchObject({ line: 4, place: 'server.password', reason: expect.stringMatching(/alone/) })
  })

  it.each([
    'server:\n  host: h\n  password: [hunter2\n',
    'server:\n  host: h\n  password: "hunter2\n',
    'server:\n  password: hunter2\n  password: hunter2\n',
    'server:\n  password: [hunter2]\n',
    'server: hunter2\n',
    'server:\n  password: "hunter2${env:P}"\n  host: h\n  username: u\n',
  ])('never quotes a secret in its error (%#)', async (text) => {
    const error = await caught(() => load(text))
    expect(error.message).not.toContain('hunter2')
  })
})

describe('findConfig', () => {
  it('finds the nearest file above', () => {
    const path = folder.write('flatgate.yaml', '')
    expect(findConfig(folder.at('a/b/c'))).toBe(path)
    const nearer = folder.write('a/flatgate.yaml', '')
    expect(findConfig(folder.at('a/b'))).toBe(nearer)
  })

  it('finds nothing where there is none', () => {
    expect(findConfig(folder.path)).toBeUndefined()
  })
})
