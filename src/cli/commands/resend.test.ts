import { readdirSync } from 'node:fs'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })
const incoming = (): string[] => readdirSync(folder.at('coupa/sftp/Incoming/Users'))
const OTHERS = USERS.replaceAll('ann', 'cat')

interface Told {
  readonly files: readonly {
    readonly id: string
    readonly name: string
    readonly parts: readonly { readonly name: string }[]
    readonly earlier?: { readonly id: string }
    readonly later: readonly { readonly id: string }[]
  }[]
}
const history = async (name: string): Promise<Told['files']> =>
  (jsonOf(await run('history', name, '--json')) as Told).files

beforeEach(async () => {
  gateway.configure('  users: { object: users }\n  out: { object: suppliers, direction: export }\n')
  folder.write('hr.csv', USERS)
  await run('send', 'hr.csv')
  await gateway.sandbox.loader.cycle()
  await run('run')
})

describe('flatgate resend', () => {
  it('sends a file again by its name, its reference or a part of it, and the history tells it on both sides', async () => {
    const [first] = await history('hr.csv')
    const part = first?.parts[0]?.name ?? ''
    const result = await run('resend', 'hr.csv')
    expect(result).toMatchObject({ exit: 0, err: [] })
    expect(result.out[0]).toBe('Sent again:')
    expect(result.out[1]).toMatch(new RegExp(`^ {2}hr\\.csv, accepted .*Z, reference ${first?.id}$`))
    expect(result.out[2]).toMatch(new RegExp(`^ {4}${part}: 2 rows \\(1 to 2\\), \\d+ bytes, taken$`))
    expect(incoming()).toHaveLength(1)
    const [old] = await history(part)
    const [again] = await history(old?.later[0]?.id ?? '')
    expect([again?.name, again?.earlier?.id]).toEqual(['hr.csv', first?.id])
    const told = (await run('history', first?.id ?? '')).out.join('\n')
    expect(told).toMatch(
      new RegExp(`its content came again as hr\\.csv, .* reference ${again?.id}: placed, sent again by a person`),
    )
  })

  it('tells before with --dry-run, as text and as JSON, and records nothing', async () => {
    const [first] = await history('hr.csv')
    expect((await run('resend', 'hr.csv', '--dry-run')).out[0]).toBe('Would be sent again:')
    const told = await run('resend', first?.parts[0]?.name ?? '', '--dry-run', '--json')
    expect(jsonOf(told)).toMatchObject({
      version: 1,
      resent: [{ file: { id: first?.id }, parts: [{ state: 'taken' }] }],
      newer: [],
      isRefused: false,
    })
    expect(await history('hr.csv')).toHaveLength(1)
    expect(incoming()).toEqual([])
  })

  it('refuses with exit code 5 where something newer has passed it, and names that; a person may insist', async () => {
    folder.write('new.csv', OTHERS)
    await run('send', 'new.csv')
    const refused = await run('resend', 'hr.csv')
    expect(refused).toMatchObject({ exit: 5, out: [] })
    expect(refused.err.join('\n')).toMatch(/RESEND_OVERTAKEN.*new\.csv \(accepted .*, placed, reference .*\)/)
    expect(refused.err.join('\n')).toContain('`--even-if-newer` sends it all the same')
    const dry = await run('resend', 'hr.csv', '--dry-run')
    expect(dry.exit).toBe(5)
    expect(dry.out.join('\n')).toMatch(/Newer, for the same object and place:\n {2}new\.csv, accepted/)
    expect(incoming()).toHaveLength(1)
    const insisted = await run('resend', 'hr.csv', '--even-if-newer', '--json')
    expect(insisted.exit).toBe(0)
    expect(jsonOf(insisted)).toMatchObject({
      newer: [{ name: 'new.csv' }],
      flows: [{ files: [{ name: 'hr.csv' }, { name: 'new.csv' }] }],
    })
    expect(incoming()).toHaveLength(2)
  })

  it('asks for the reference where several sent files have the name', async () => {
    folder.write('hr.csv', OTHERS)
    await run('send', 'hr.csv')
    const { exit, err } = await run('resend', 'hr.csv')
    expect({ exit, err: err[0] }).toEqual({
      exit: 2,
      err: expect.stringMatching(/2 files have this name, name one by its reference/),
    })
  })

  it('exits 2 for what it does not know, and 5 while the file is on its way', async () => {
    expect((await run('resend', 'none.csv')).exit).toBe(2)
    folder.write('new.csv', OTHERS)
    await run('send', 'new.csv')
    expect((await run('resend', 'new.csv')).exit).toBe(5)
  })
})

describe('flatgate send of a content that was sent before', () => {
  it('exits 0, sends nothing and says how to send it on purpose', async () => {
    const { exit, out, err } = await run('send', 'hr.csv')
    expect(exit).toBe(0)
    expect(out[1]).toMatch(/^users +hr\.csv +repeated +- +same content as hr\.csv of .*\(taken, reference \w+\) /)
    expect(err.join('\n')).toMatch(
      /hr\.csv was not sent, its content was accepted before\n {2}→ .*`flatgate resend \w+`.*--force/,
    )
    expect(incoming()).toEqual([])
    expect((await run('send', 'hr.csv', '--dry-run')).out[0]).toMatch(/^hr\.csv would not be sent: same content/)
    expect(jsonOf(await run('status', '--json'))).toMatchObject({ flows: [{ files: { repeated: 1 } }, {}] })
  })

  it('sends it with --force, and the history shows that a person ordered it', async () => {
    expect((await run('send', 'hr.csv', '--force', '--dry-run')).out.at(-1)).toMatch(/1: 2 rows/)
    expect((await run('send', 'hr.csv', '--force')).exit).toBe(0)
    expect(incoming()).toHaveLength(1)
    expect((await run('history', 'hr.csv')).out.join('\n')).toMatch(/ordered +by=a person, with flatgate send --force/)
  })

  it('exits 5 and holds it behind a newer file, as each later run does until a person has decided', async () => {
    folder.write('new.csv', OTHERS)
    await run('send', 'new.csv')
    expect((await run('send', 'hr.csv', '--dry-run')).exit).toBe(5)
    const { exit, err } = await run('send', 'hr.csv')
    expect(exit).toBe(5)
    expect(err.join('\n')).toMatch(/hr\.csv is held: same content as .* came after it/)
    expect((await run('run')).exit).toBe(5)
    expect(incoming()).toHaveLength(1)
  })
})
