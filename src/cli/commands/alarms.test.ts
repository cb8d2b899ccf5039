import { beforeEach, describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { BROKEN_USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const env = { USER: 'eva' }
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path, env })

interface Listed {
  readonly alarms: readonly { readonly id: string; readonly kind: string; readonly standing: string }[]
}
const listed = async (...words: string[]): Promise<Listed['alarms']> =>
  (jsonOf(await run('alarms', 'list', '--json', ...words)) as Listed).alarms

beforeEach(() => {
  gateway.configure('  users: { object: users }\n')
})

async function rejectOne(): Promise<string> {
  folder.write('inbound/users/hr.csv', BROKEN_USERS)
  await run('run')
  return (await listed())[0]?.id ?? ''
}

describe('flatgate alarms', () => {
  it('says that there are none, and all is well for monitoring', async () => {
    await run('run')
    expect(await run('alarms')).toEqual({ exit: 0, out: ['No alarms.'], err: [] })
    expect((await run('alarms', 'list', '--check')).exit).toBe(0)
  })

  it('lists what is open, newest first, and exits 0 unless it is asked to check', async () => {
    await rejectOne()
    const { exit, out, err } = await run('alarms')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[0]).toMatch(/^ALARM +SINCE +STATE +SEVERITY +KIND +FLOW +WHAT$/)
    expect(out[1]).toMatch(/ open +error +rejected +users +hr\.csv was rejected: /)
    expect((await run('alarms', 'list', '--check', '--json')).exit).toBe(1)
    expect((await run('alarms', 'list', '--check', '--flow', 'items')).exit).toBe(0)
  })

  it('shows everything about one, by the beginning of its id', async () => {
    const id = await rejectOne()
    const { exit, out } = await run('alarms', 'show', id.slice(0, 12))
    expect(exit).toBe(0)
    expect(out[0]).toMatch(/^error rejected: hr\.csv/)
    expect(out[1]).toMatch(/^ {2}→ correct the source/)
    expect(out.join('\n')).toMatch(/ {2}state +open\n {2}flow +users\n/)
    expect(jsonOf(await run('alarms', 'show', id, '--json'))).toMatchObject({
      version: 1,
      alarm: { id, standing: 'open', kind: 'rejected', count: 1, reasons: [] },
    })
  })

  it('is quiet about what a person knows, and keeps who and why', async () => {
    const id = await rejectOne()
    const known = await run('alarms', 'ack', id, '--remark', 'told the owner')
    expect(known.exit).toBe(0)
    expect(known.out.join('\n')).toMatch(/known to +eva, .*\n {2}remark +told the owner/)
    expect((await run('alarms', 'list', '--check')).exit).toBe(0)
    expect(await listed()).toEqual([])
    expect(await listed('--all')).toMatchObject([{ id, standing: 'ended', acknowledgedBy: 'eva' }])
    expect((await run('alarms', 'ack', id)).exit).toBe(2)
  })

  it('asks who it is where the session does not say', async () => {
    const id = await rejectOne()
    const anonymous = await runCli(['alarms', 'ack', id], { folder: folder.path })
    expect(anonymous.exit).toBe(2)
    expect(anonymous.err.join('\n')).toContain('--by')
    expect((await runCli(['alarms', 'ack', id, '--by', 'job'], { folder: folder.path })).exit).toBe(0)
  })

  it('does not know an alarm that there is not', async () => {
    await run('run')
    expect((await run('alarms', 'show', 'zzz')).exit).toBe(2)
  })
})

describe('flatgate status', () => {
  it('ends with the open alarms, the first three in words', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      folder.write(`inbound/users/${name}.csv`, BROKEN_USERS.replaceAll('ann', name))
    }
    await run('run')
    const { out } = await run('status')
    expect(out.slice(-6)).toEqual([
      '',
      '4 open alarms, see `flatgate alarms`:',
      expect.stringMatching(/^ {2}error rejected: [a-d]\.csv was rejected/),
      expect.stringMatching(/^ {2}error rejected/),
      expect.stringMatching(/^ {2}error rejected/),
      '  … and 1 more',
    ])
    expect(jsonOf(await run('status', '--json'))).toMatchObject({ alarms: [{}, {}, {}, { standing: 'open' }] })
  })
})

describe('flatgate run', () => {
  it('gives the alarms that it raised', async () => {
    folder.write('inbound/users/hr.csv', BROKEN_USERS)
    expect(jsonOf(await run('run', '--json'))).toMatchObject({ alarms: [{ kind: 'rejected', standing: 'open' }] })
    expect(jsonOf(await run('run', '--json'))).toMatchObject({ alarms: [] })
  })
})
