import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const cli = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

async function sendUsers(): Promise<void> {
  gateway.configure('  users: { object: users }\n')
  folder.write('inbound/users/hr.csv', USERS)
  await cli('run')
  await gateway.sandbox.loader.cycle()
  await cli('run')
}

describe('flatgate memory', () => {
  it('says that nothing is remembered before anything was taken', async () => {
    gateway.configure('  users: { object: users }\n')
    expect((await cli('memory')).out[0]).toContain('Nothing is remembered yet')
  })
  it('lists the keys of what was taken, and forgets those that are named', async () => {
    await sendUsers()
    const { out } = await cli('memory')
    expect(out[0]).toMatch(/^SERVER +OBJECT +KEY +KEYS +LAST TAKEN$/)
    expect(out[1]).toMatch(/^sftp:\S+ +users +Login +2 +20\d\d-/)
    expect(jsonOf(await cli('memory', '--json'))).toMatchObject({
      version: 1,
      lists: [{ object: 'users', columns: 'Login', keys: 2 }],
    })
    expect((await cli('memory', '--forget', '--object', 'items')).out).toEqual(['0 keys forgotten'])
    expect((await cli('memory', '--forget', '--before', '2020-01-01')).out).toEqual(['0 keys forgotten'])
    expect((await cli('memory', '--forget', '--all')).out).toEqual(['2 keys forgotten'])
    expect(jsonOf(await cli('memory', '--json'))).toEqual({ version: 1, lists: [] })
  })
  it('forgets nothing unless it is told what, and reads no other word for a date', async () => {
    gateway.configure('  users: { object: users }\n')
    expect((await cli('memory', '--forget')).exit).toBe(2)
    expect((await cli('memory', '--before', 'yesterday')).exit).toBe(2)
  })
})
