import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const env = { SFTP_PASSWORD: 'hunter2' }
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path, env })

const SERVER = 'server:\n  host: h\n  username: u\n  password: ${env:SFTP_PASSWORD}\n'

describe('flatgate config show', () => {
  it('prints every setting and marks what the file says', async () => {
    folder.write('flatgate.yaml', `${SERVER}flows: { users: { object: users } }\n`)
    const { exit, out, err } = await run('config', 'show')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out).toContain('* server.host: h')
    expect(out).toContain('  server.port: 22')
    expect(out).toContain('* flows.users.object: users')
    expect(out).toContain('  flows.users.direction: import')
  })

  it('shows references, and never what they stand for', async () => {
    folder.write('flatgate.yaml', SERVER)
    for (const words of [
      ['config', 'show'],
      ['config', 'show', '--json'],
    ]) {
      const text = (await run(...words)).out.join('\n')
      expect(text).toContain('${env:SFTP_PASSWORD}')
      expect(text).not.toContain('hunter2')
    }
  })

  it('masks secrets that stand in the file', async () => {
    folder.write(
      'flatgate.yaml',
      'server: { host: h, username: u, password: hunter2, passphrase: hunter2, privateKey: hunter2 }',
    )
    for (const words of [
      ['config', 'show'],
      ['config', 'show', '--json'],
    ]) {
      const text = (await run(...words)).out.join('\n')
      expect(text).toContain('***')
      expect(text).not.toContain('hunter2')
    }
  })

  it('prints JSON with the configuration and what the file says of it', async () => {
    const path = folder.write('flatgate.yaml', 'timeZone: Europe/Berlin\n')
    expect(jsonOf(await run('config', 'show', '--json'))).toMatchObject({
      version: 1,
      path,
      config: { timeZone: 'Europe/Berlin', pickUp: { settleSeconds: 2 } },
      said: ['timeZone'],
    })
  })
})

describe('flatgate config validate', () => {
  it('says that a configuration is valid, whatever folder it is started in', async () => {
    const path = folder.write('flatgate.yaml', `${SERVER}flows: { users: { object: users } }\n`)
    folder.write('below/x', '')
    const result = await runCli(['config', 'validate'], { folder: folder.at('below') })
    expect(result).toMatchObject({ exit: 0, out: [`${path} is valid: 1 flow.`], err: [] })
    expect(jsonOf(await run('config', 'validate', '--json'))).toEqual({
      version: 1,
      path,
      valid: true,
      remarks: [],
      flows: ['users'],
    })
  })

  it.each([
    ['flows: { users: { objct: users, object: users } }', /line=1 place=flows\.users\.objct .*did you mean object/],
    ['flows: { a: { object: usres } }', /place=flows\.a .*suggestion=users|suggestion=users.*place=flows\.a/],
    ['flows: { a: { object: users, schedule: nonsense } }', /SCHEDULE_INVALID.*place=flows\.a/],
    ['flows: { a: { object: users }, b: { object: users } }', /place=flows\.b .*as a does/],
    ['server: { host: "${env:HOST}", username: u }', /place=server\.host .*server\.password/],
  ])('refuses %s with exit code 2, the place and what to do', async (text, place) => {
    folder.write('flatgate.yaml', text)
    const { exit, out, err } = await run('config', 'validate')
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err[0]).toContain(folder.at('flatgate.yaml'))
    expect(err[0]).toMatch(place)
    expect(err[1]).toMatch(/^ {2}→ /)
  })
})

describe('flatgate config validate', () => {
  it.each([
    [
      'ignoreRules of a flow',
      'flows: { users: { object: users, ignoreRules: [C405, C4O5] } }',
      'flows.users.ignoreRules',
      'C4O5',
    ],
    ['lint.select', 'lint: { select: [nonsense] }', 'lint.select', 'nonsense'],
    ['lint.ignore of an object', 'lint: { objects: { users: { ignore: [X9] } } }', 'lint.objects.users.ignore', 'X9'],
    ['lint.severities', 'lint: { severities: { C9999: info } }', 'lint.severities', 'C9999'],
    ['an object of lint', 'lint: { objects: { usres: {} } }', 'lint.objects.usres', 'no such object'],
  ])('finds a word that names no rule in %s', async (_title, text, place, word) => {
    const path = folder.write('flatgate.yaml', `${text}\n`)
    const { exit, err } = await run('config', 'validate')
    expect({ exit, err: err[0] }).toEqual({ exit: 2, err: expect.stringContaining(`place=${place} `) })
    expect(err[0]).toContain(`path=${path}`)
    expect(err[0]).toContain(word)
  })

  it('takes codes, beginnings of codes and names', async () => {
    folder.write(
      'flatgate.yaml',
      'lint: { ignore: [F, C4, spreadsheet-exponent] }\nflows: { users: { object: users, ignoreRules: [C4, R102] } }\n',
    )
    expect((await run('config', 'validate')).exit).toBe(0)
  })

  it('remarks a secret that stands in the file and a guard that guards nothing, without showing the secret', async () => {
    folder.write('flatgate.yaml', 'server: { host: h, username: u, password: hunter2 }\ncoupa: { instance: test }\n')
    const { exit, out, err } = await run('config', 'validate')
    expect(exit).toBe(0)
    expect(err.join('\n')).toMatch(/server\.password: a secret stands .*\n.*→ put .*\ncoupa\.productionHosts: /)
    const json = await run('config', 'validate', '--json')
    expect(jsonOf(json)).toMatchObject({
      valid: true,
      remarks: [{ place: 'server.password' }, { place: 'coupa.productionHosts' }],
    })
    expect([...out, ...err, ...json.out, ...json.err].join('\n')).not.toContain('hunter2')
  })
})
