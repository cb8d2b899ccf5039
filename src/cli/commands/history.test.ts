import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { BROKEN_USERS, USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

async function deliver(): Promise<void> {
  gateway.configure('  users: { object: users }\n  items: { object: items, schedule: "0 4 * * *" }\n')
  folder.write('inbound/users/hr.csv', USERS)
  folder.write('inbound/users/bad.csv', BROKEN_USERS)
  await run('run')
}

describe('flatgate history', () => {
  it('says that the ledger knows nothing yet', async () => {
    gateway.configure('  users: { object: users }\n')
    expect(await run('history')).toEqual({ exit: 0, out: ['The ledger knows no file yet.'], err: [] })
    expect(jsonOf(await run('history', '--json'))).toEqual({ version: 1, files: [] })
  })

  it('lists files, the newest first, with the number and the flow that are asked for', async () => {
    await deliver()
    const { out } = await run('history')
    expect(out[0]).toMatch(/^ACCEPTED +FLOW +FILE +STATE +ROWS +REFERENCE$/)
    expect(out).toHaveLength(3)
    expect(jsonOf(await run('history', '--json', '--limit', '1'))).toMatchObject({ version: 1, files: [{}] })
    expect(jsonOf(await run('history', '--json', '--flow', 'items'))).toEqual({ version: 1, files: [] })
  })

  it('tells every step of a file by its name, its reference or the name of a part', async () => {
    await deliver()
    const byName = await run('history', 'hr.csv', '--json')
    const { files } = jsonOf(byName) as {
      files: [{ id: string; parts: [{ name: string }]; steps: { step: string }[] }]
    }
    const [file] = files
    expect(file).toMatchObject({
      name: 'hr.csv',
      state: 'placed',
      rows: 2,
      parts: [{ number: 1, state: 'placed', rows: 2 }],
    })
    expect(file.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['accepted', 'filed', 'placing', 'renaming', 'placed']),
    )
    for (const name of [file.id, file.id.slice(0, 12), file.parts[0].name]) {
      expect((await run('history', name, '--json')).out).toEqual(byName.out)
    }
    const text = (await run('history', 'hr.csv')).out.join('\n')
    expect(text).toMatch(/hr\.csv {2}users import {2}placed/)
    expect(text).toContain(file.parts[0].name)
  })

  it('quotes no cell', async () => {
    await deliver()
    const text = [...(await run('history', 'hr.csv', '--json')).out, ...(await run('history', 'bad.csv')).out].join(
      '\n',
    )
    expect(text).not.toMatch(/ann@example|not an address/)
  })

  it('exits 2 for a name that the ledger does not know', async () => {
    await deliver()
    const { exit, out, err } = await run('history', 'nobody.csv')
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err[0]).toMatch(/HISTORY_UNKNOWN.*file=nobody\.csv/)
  })
})

describe('flatgate status', () => {
  it('tells how each flow stands', async () => {
    await deliver()
    expect(jsonOf(await run('status', '--json'))).toMatchObject({
      version: 1,
      flows: [
        {
          flow: 'users',
          object: 'users',
          direction: 'import',
          lastRun: { trigger: 'person', outcome: 'rejected' },
          files: { placed: 1, rejected: 1 },
          held: 0,
          underWatch: 1,
        },
        { flow: 'items', nextRunAt: expect.stringMatching(/T04:00:00\.000Z$/), files: {}, held: 0, underWatch: 0 },
      ],
    })
    const { exit, out, err } = await run('status')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[1]).toMatch(/^users +import +on arrival +\S+ \S+Z +rejected +1 placed, 1 rejected +1 +0$/)
    expect(out[2]).toMatch(/^items +import +\d{4}-\d\d-\d\d 04:00:00Z +\S+ \S+Z +done +- +0 +0$/)
  })
})
