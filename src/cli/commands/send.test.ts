import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { BROKEN_USERS, USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })
const sent = (): string[] => readdirSync(folder.at('coupa/sftp/Incoming/Users'))

describe('flatgate send', () => {
  it('sends a copy through the flow of the object, and leaves the file', async () => {
    gateway.configure('  users: { object: users }\n  items: { object: items }\n')
    folder.write('new.csv', USERS)
    const result = await run('send', 'new.csv', '--json')
    expect(result).toMatchObject({ exit: 0, err: [] })
    expect(jsonOf(result)).toMatchObject({
      version: 1,
      flows: [{ flow: 'users', files: [{ name: 'new.csv', state: 'placed' }] }],
    })
    expect(readFileSync(folder.at('new.csv'), 'utf8')).toBe(USERS)
    expect(sent()).toHaveLength(1)
  })

  it('exits 1 for a file with errors and sends nothing', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('bad.csv', BROKEN_USERS)
    expect((await run('send', 'bad.csv')).exit).toBe(1)
    expect(sent()).toEqual([])
  })

  it('asks for the flow where two take the object, and names what is wrong elsewhere, with exit code 2', async () => {
    gateway.configure(
      '  a: { object: users }\n  b: { object: users, from: b }\n  out: { object: items, direction: export }\n',
    )
    folder.write('users.csv', USERS)
    folder.write('items.csv', '"Name","Description","UOM code"\r\n"a","b","EA"\r\n')
    for (const [words, said] of [
      [['users.csv'], /several flows take users; name one with --flow/],
      [['items.csv'], /no import flow for items/],
      [['items.csv', '--flow', 'out'], /brings files out of Coupa/],
      [['users.csv', '--flow', 'none'], /FLOW_UNKNOWN.*known=a, b, out/],
      [['none.csv', '--flow', 'a'], /FILE_NOT_FOUND/],
    ] as const) {
      const { exit, err } = await run('send', ...words)
      expect({ exit, said: err.join('\n') }).toEqual({ exit: 2, said: expect.stringMatching(said) })
    }
  })

  it('works with --dry-run on nothing but the file', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('new.csv', USERS)
    folder.write('bad.csv', BROKEN_USERS)
    expect((await run('send', 'new.csv', '--dry-run')).exit).toBe(0)
    expect((await run('send', 'bad.csv', '--dry-run')).exit).toBe(1)
    expect((await run('send', 'new.csv', '--dry-run')).out.join('\n')).toMatch(
      /new\.csv would be sent to \/Incoming\/Users as 1 file:\n {2}1: 2 rows, \d+ bytes$/,
    )
    expect(jsonOf(await run('send', 'bad.csv', '--dry-run', '--json'))).toMatchObject({
      version: 1,
      flow: 'users',
      to: '/Incoming/Users',
      files: [{ name: 'bad.csv', outcome: 'rejected', rows: 1, parts: [], notices: [] }],
    })
    expect(sent()).toEqual([])
    expect(jsonOf(await run('history', '--json'))).toEqual({ version: 1, files: [] })
  })
})

describe('flatgate fetch', () => {
  const FLOWS = '  users: { object: users }\n  out: { object: suppliers, direction: export, after: delete }\n'

  it('brings exports, once', async () => {
    gateway.configure(FLOWS)
    gateway.sandbox.writeExport({ object: 'suppliers', rows: 2 })
    folder.write('inbound/users/hr.csv', USERS)
    const result = await run('fetch', '--json')
    expect(result).toMatchObject({ exit: 0, err: [] })
    expect(jsonOf(result)).toMatchObject({
      version: 1,
      flows: [{ flow: 'out', files: [{ state: 'collected', rows: 2 }] }],
    })
    expect(readdirSync(folder.at('outbound/suppliers')).filter((name) => name.endsWith('.csv'))).toHaveLength(1)
    expect((await run('fetch')).out).toEqual(['Nothing new.'])
    expect(existsSync(folder.at('inbound/users/hr.csv'))).toBe(true)
  })

  it('refuses a flow that brings files into Coupa', async () => {
    gateway.configure(FLOWS)
    const { exit, err } = await run('fetch', 'users')
    expect(exit).toBe(2)
    expect(err[0]).toMatch(/use `flatgate run`/)
  })

  it('has nothing to do where no flow is an export', async () => {
    gateway.configure('  users: { object: users }\n')
    expect(await run('fetch')).toEqual({ exit: 0, out: ['Nothing new.'], err: [] })
  })
})
