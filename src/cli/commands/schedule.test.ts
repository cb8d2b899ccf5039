import { describe, expect, it } from '@jest/globals'
import { runRecord } from '../../../test/support/ledger-records.ts'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { openLedger } from '../../ledger/index.ts'

const folder = useTempFolder()
const explain = (...words: string[]): ReturnType<typeof runCli> =>
  runCli(['schedule', 'explain', ...words], { folder: folder.path })

const CONFIG = `timeZone: Europe/Berlin
flows:
  users: { object: users, schedule: "30 2 * * *" }
  items: { object: items }
  out: { object: suppliers, direction: export, schedule: "0 * * * *", missedRuns: run-all }
`

describe('flatgate schedule explain', () => {
  it('explains an expression without a configuration', async () => {
    const cron = ['--cron', '30 2 * * *', '--zone', 'Europe/Berlin']
    const { exit, out, err } = await explain(...cron, '--from', '2027-03-27', '--count', '2')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out).toEqual([
      '30 2 * * *, Europe/Berlin',
      '  next runs',
      '    2027-03-27 02:30 +01:00   2027-03-27 01:30:00Z',
      '    2027-03-28 03:00 +02:00   2027-03-28 01:00:00Z',
      '  the clocks go from 2027-03-28 02:00 to 2027-03-28 03:00 +02:00: 02:30 does not exist on 2027-03-28, runs at 03:00',
      '  runs before it',
      '    2027-03-26 02:30 +01:00   2027-03-26 01:30:00Z',
      '    2027-03-27 02:30 +01:00   2027-03-27 01:30:00Z',
      '  runs from it on',
      '    2027-03-28 03:00 +02:00   2027-03-28 01:00:00Z',
      '    2027-03-29 02:30 +02:00   2027-03-29 00:30:00Z',
    ])
  })

  it('explains each flow in its zone', async () => {
    folder.write('flatgate.yaml', CONFIG)
    const { exit, out } = await explain('--from', '2026-10-25', '--count', '1')
    expect(exit).toBe(0)
    const text = out.join('\n')
    expect(text).toContain('users: 30 2 * * *, Europe/Berlin, missed runs: run-once\n')
    expect(text).toContain('02:30 exists twice on 2026-10-25, runs once, the first time')
    expect(text).toContain('items: no schedule; goes as soon as something is there')
    expect(text).toContain('02:00 exists twice on 2026-10-25 and runs twice')
    expect(text).toContain('owed at a start now: nothing')
  })

  it('says by when a file is expected and from when on it counts, on both sides of a change of the clocks', async () => {
    const users = 'object: users, expect: { by: "30 2 * * *", withinMinutes: 300 }'
    const items = 'object: items, schedule: "0 4 * * *", expect: { by: "0 7 * * 1-5" }'
    folder.write('flatgate.yaml', `timeZone: Europe/Berlin\nflows:\n  users: { ${users} }\n  items: { ${items} }\n`)
    const { out } = await explain('users', '--from', '2027-03-27', '--count', '2')
    expect(out).toEqual([
      'users: no schedule; goes as soon as something is there',
      '  a file is expected by: 30 2 * * *, Europe/Berlin, within 300 minutes before',
      '    2027-03-27 02:30 +01:00   2027-03-27 01:30:00Z   what is accepted after 2027-03-26 21:30 +01:00 counts',
      '    2027-03-28 03:00 +02:00   2027-03-28 01:00:00Z   what is accepted after 2027-03-27 21:00 +01:00 counts',
      '  the clocks go from 2027-03-28 02:00 to 2027-03-28 03:00 +02:00: 02:30 does not exist on 2027-03-28, is due at 03:00',
      '  expected before it',
      '    2027-03-26 02:30 +01:00   2027-03-26 01:30:00Z   what is accepted after 2027-03-25 21:30 +01:00 counts',
      '    2027-03-27 02:30 +01:00   2027-03-27 01:30:00Z   what is accepted after 2027-03-26 21:30 +01:00 counts',
      '  expected from it on',
      '    2027-03-28 03:00 +02:00   2027-03-28 01:00:00Z   what is accepted after 2027-03-27 21:00 +01:00 counts',
      '    2027-03-29 02:30 +02:00   2027-03-29 00:30:00Z   what is accepted after 2027-03-28 21:30 +02:00 counts',
    ])
    // In autumn; a Monday is expected since Friday.
    const found = jsonOf(await explain('items', '--from', '2026-10-25', '--count', '1', '--json'))
    expect(found).toMatchObject({
      flows: [
        {
          schedule: { next: [{ local: '2026-10-25 04:00 +01:00' }] },
          expectation: {
            expression: '0 7 * * 1-5',
            next: [{ byLocal: '2026-10-26 07:00 +01:00', sinceLocal: '2026-10-23 07:00 +02:00' }],
            change: {
              words: '02:00 to 03:00 exists twice on 2026-10-25; no deadline falls into it',
              before: [{ byLocal: '2026-10-22 07:00 +02:00' }, { byLocal: '2026-10-23 07:00 +02:00' }],
              after: [{ byLocal: '2026-10-26 07:00 +01:00' }, { byLocal: '2026-10-27 07:00 +01:00' }],
            },
          },
        },
      ],
    })
  })

  it('says what is owed since the run that the ledger knows', async () => {
    folder.write('flatgate.yaml', CONFIG)
    const ledger = await openLedger(folder.at('.flatgate/ledger.sqlite'))
    const longAgo = new Date(Date.now() - 3 * 24 * 3600 * 1000)
    await ledger.write((writer) => writer.insertRun(runRecord('r1', { dueAt: longAgo, outcome: 'done' })))
    await ledger.close()
    expect((await explain('users')).out.at(-1)).toMatch(
      /^ {2}owed at a start now: 20\S+ \S+Z; 2 earlier runs without one of their own$/,
    )
    expect(jsonOf(await explain('users', '--json', '--count', '3'))).toMatchObject({
      version: 1,
      flows: [
        {
          flow: 'users',
          missedRuns: 'run-once',
          owed: { due: [expect.any(String)], missed: 2 },
          schedule: { timeZone: 'Europe/Berlin', next: [{}, {}, {}], change: { words: expect.any(String) } },
        },
      ],
    })
  })

  it.each([
    [['--cron', '0 0 31 2 *'], 'no day within eight years fits'],
    [['--cron', '0 4 * * *', '--zone', 'Mars'], 'the time zone is not a name'],
    [['--cron', '0 4 * * *', 'users'], 'not both'],
    [['--zone', 'UTC'], '--zone goes with --cron'],
    [['--cron', '0 4 * * *', '--from', 'tomorrow'], 'it is no date'],
  ])('refuses %j with words', async (words, reason) => {
    const { exit, err } = await explain(...words)
    expect(exit).toBe(2)
    expect(err.join('\n')).toContain(reason)
  })

  it('does not know a flow that there is not', async () => {
    folder.write('flatgate.yaml', CONFIG)
    expect((await explain('user')).exit).toBe(2)
  })
})

describe('a configuration', () => {
  it('fault 45: whose schedule never comes is refused when it is validated, with words and its place', async () => {
    folder.write('flatgate.yaml', 'flows:\n  users: { object: users, schedule: "0 0 31 2 *" }\n')
    const { exit, err } = await runCli(['config', 'validate'], { folder: folder.path })
    expect(exit).toBe(2)
    expect(err.join('\n')).toMatch(/no day within eight years fits .*place=flows\.users/)
  })
})
