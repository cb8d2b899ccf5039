import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

describe('flatgate doctor --probe', () => {
  it('prints the folders of a server and keeps them for the flows', async () => {
    gateway.configure('  users: { object: users }\n')
    const { exit, out, err } = await run('doctor', '--probe')
    expect(exit).toBe(0)
    expect(out.some((line) => /^users +import +\/Incoming\/Users/.test(line))).toBe(true)
    expect(out.some((line) => line.startsWith('Not over SFTP: tax-code-rules'))).toBe(true)
    expect(err.at(-1)).toContain('profile.json')
    const profile = JSON.parse(readFileSync(folder.at('.flatgate', 'profile.json'), 'utf8')) as { folders: object[] }
    expect(profile.folders).toContainEqual(expect.objectContaining({ object: 'users', folder: '/Incoming/Users' }))
    expect((await run('config', 'validate')).exit).toBe(0)
  })

  it('tells the same as JSON', async () => {
    gateway.configure('  users: { object: users }\n')
    const told = jsonOf(await run('doctor', '--probe', '--json')) as { folders: object[] }
    expect(told).toMatchObject({ version: 1, server: expect.stringContaining('sftp://') })
    expect(told.folders).toContainEqual(expect.objectContaining({ object: 'users', isAsDocumented: true }))
  })

  it('has nothing to probe without a server', async () => {
    folder.write('flatgate.yaml', 'flows: {}\n')
    const { exit, err } = await run('doctor', '--probe')
    expect([exit, err.join(' ')]).toEqual([2, expect.stringContaining('nothing to probe')])
  })
})
