import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { useAlarmWatch } from '../../test/support/alarm-watch.ts'
import { BROKEN_USERS, USERS } from '../../test/support/sandbox-gateway.ts'

const watch = useAlarmWatch()
const FLOWS = '  users: { object: users }\n'
const EXPECTING = '  users: { object: users, expect: { by: "0 7 * * *" } }\n'

const drop = (name = 'hr.csv', content = USERS): string => watch.folder.write(`inbound/users/${name}`, content)
const incoming = (): string => watch.folder.at('coupa/sftp/Incoming/Users')
const collect = (): Promise<unknown> => watch.coupa.sandbox.loader.cycle()
/** The newest alarm as it is now. */
const newest = async (): Promise<unknown> => (await watch.all())[0]
const partName = (): string => readdirSync(incoming())[0] ?? ''

/** Coupa takes a file that it has seen unchanged. */
async function takeAll(): Promise<void> {
  await collect()
  await collect()
}

describe('a healthy day', () => {
  it('raises nothing, not even for later', async () => {
    watch.configure(EXPECTING)
    for (let day = 0; day < 2; day += 1) {
      drop(`hr-${day}.csv`, USERS.replaceAll('ann', `ann${day}`))
      expect(await watch.runAfter(0)).toEqual([])
      await takeAll()
      expect(await watch.runAfter(10)).toEqual([])
      expect(await watch.runAfter(24 * 60 - 10)).toEqual([])
    }
    expect(await watch.all()).toEqual([])
  })
})

describe('never-taken', () => {
  it('is raised once with its reasons, and is over when Coupa takes the file', async () => {
    watch.configure(FLOWS)
    drop()
    expect(await watch.runAfter(0)).toEqual([])
    // The instance spells the folder otherwise, and has collected from it before.
    mkdirSync(watch.folder.at('coupa/sftp/Incoming/User'))
    watch.folder.write('coupa/sftp/Incoming/Archive/User/users_20260101_000000Z.csv', 'x')
    const subject = partName()
    expect(await watch.runAfter(16)).toEqual([`never-taken ${subject}`])
    expect(await watch.runAfter(5)).toEqual([`never-taken ${subject}`])
    expect(await watch.all()).toMatchObject([
      {
        severity: 'error',
        flow: 'users',
        count: 2,
        reasons: [
          expect.stringMatching(/^Coupa may collect from \/Incoming\/User instead .* its archive holds 1 file/),
          expect.stringMatching(/^Coupa may collect nothing at all at the moment/),
        ],
      },
    ])
    await takeAll()
    expect(await watch.runAfter(1)).toEqual([])
    expect(await watch.all()).toMatchObject([{ ending: expect.stringMatching(/^it is taken now: seen at/) }])
  })
})

describe('vanished', () => {
  it('is raised when the file is nowhere for a while, and is over when it is seen in the archive', async () => {
    watch.configure(FLOWS)
    drop()
    await watch.runAfter(0)
    const name = partName()
    renameSync(`${incoming()}/${name}`, watch.folder.at('aside.csv'))
    expect(await watch.runAfter(1)).toEqual([])
    expect(await watch.runAfter(11)).toEqual([`vanished ${name}`])
    mkdirSync(watch.folder.at('coupa/sftp/Incoming/Archive/Users'), { recursive: true })
    renameSync(watch.folder.at('aside.csv'), watch.folder.at('coupa/sftp/Incoming/Archive/Users', name))
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ kind: 'vanished', ending: expect.stringMatching(/^it is taken now/) })
  })
})

describe('held', () => {
  it('is raised when another file has the name, and is over when a person has decided', async () => {
    watch.configure(FLOWS)
    drop()
    await watch.runAfter(0)
    const name = partName()
    writeFileSync(`${incoming()}/${name}`, 'of somebody else')
    expect(await watch.runAfter(1)).toEqual([`held ${name}`])
    await watch.withGateway((gateway) => gateway.decide(name, 'drop'))
    expect(await newest()).toMatchObject({ kind: 'held', ending: expect.stringMatching(/^it is dropped now/) })
  })
})

describe('an export that is held', () => {
  it('raises held, which is over when a person has decided', async () => {
    watch.configure('  out: { object: suppliers, direction: export }\n')
    const path = watch.coupa.sandbox.writeExport({ object: 'suppliers' })
    watch.folder.write(`coupa/sftp${path}`, '"Name","Status"\r\n"Acme","act')
    const [open = ''] = await watch.runAfter(0)
    expect(open).toMatch(/^held /)
    await watch.withGateway((gateway) => gateway.decide(open.slice('held '.length), 'drop'))
    expect(await newest()).toMatchObject({ kind: 'held', ending: expect.stringMatching(/ is dropped now$/) })
  })
})

describe('stuck', () => {
  it('is raised for what is prepared and not moved, and is over when it goes', async () => {
    watch.configure(FLOWS)
    drop()
    // Asking takes in and moves nothing, as a gateway does whose runs do not come about.
    const takeInOnly = async (minutes: number): Promise<void> => {
      watch.clock.advance(minutes * 60_000)
      await watch.withGateway((gateway) => gateway.ask())
    }
    await watch.withGateway(async (gateway) => {
      await gateway.ask()
      watch.clock.advance(1000)
      await gateway.ask()
    })
    await takeInOnly(29)
    expect(await watch.all()).toEqual([])
    await takeInOnly(2)
    expect(await newest()).toMatchObject({ kind: 'stuck', what: expect.stringMatching(/^hr\.csv is prepared since/) })
    expect(await watch.runAfter(0)).toEqual([])
    expect(await newest()).toMatchObject({ kind: 'stuck', ending: 'hr.csv is placed now' })
  })

  it('is not raised before the run of the schedule that moves the file', async () => {
    watch.configure('  users: { object: users, schedule: "0 4 * * *" }\n')
    watch.clock.advance(60_000)
    drop()
    await watch.withGateway(async (gateway) => {
      await gateway.ask()
      watch.clock.advance(1000)
      await gateway.ask()
    })
    const askAfter = async (minutes: number): Promise<number> => {
      watch.clock.advance(minutes * 60_000)
      await watch.withGateway((gateway) => gateway.ask())
      return (await watch.all()).length
    }
    expect(await askAfter(23 * 60)).toBe(0)
    expect(await askAfter(60 + 28)).toBe(0)
    expect(await askAfter(4)).toBe(1)
  })
})

describe('rejected', () => {
  it('is raised once for a file, and is over when the same file comes again and passes', async () => {
    watch.configure(FLOWS)
    drop('hr.csv', BROKEN_USERS)
    expect(await watch.runAfter(0)).toHaveLength(1)
    expect(await watch.runAfter(60)).toHaveLength(1)
    drop('hr.csv', BROKEN_USERS.replaceAll('ann', 'eve'))
    expect(await watch.runAfter(1)).toHaveLength(2)
    drop('other.csv')
    expect(await watch.runAfter(1)).toHaveLength(2)
    drop('hr.csv', USERS.replaceAll('ann', 'zoe'))
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ kind: 'rejected', ending: 'the same file came again and passed' })
  })

  it('is not raised again once a person knows', async () => {
    watch.configure(FLOWS)
    drop('hr.csv', BROKEN_USERS)
    await watch.runAfter(0)
    const [alarm] = await watch.all()
    const known = { by: 'eva', remark: 'told the owner' }
    await watch.withGateway((gateway) => gateway.acknowledge(alarm?.id.slice(0, 9) ?? '', known))
    expect(await watch.runAfter(60)).toEqual([])
    expect(await watch.all()).toMatchObject([{ acknowledgedBy: 'eva', ending: 'acknowledged by eva' }])
  })
})

describe('not-arrived', () => {
  const untilSeven = 3 * 60

  it('is raised when no file came by its time, and is over when one comes, with how late it is', async () => {
    watch.configure(EXPECTING)
    expect(await watch.runAfter(0)).toEqual([])
    expect(await watch.runAfter(untilSeven)).toEqual([])
    expect(await watch.runAfter(2)).toEqual(['not-arrived users by 2026-11-20T07:00:00.000Z'])
    expect(await watch.runAfter(30)).toHaveLength(1)
    drop()
    expect(await watch.runAfter(33)).toEqual([])
    expect(await newest()).toMatchObject({ ending: expect.stringMatching(/^hr\.csv arrived .* 1 h 6 min late$/) })
    expect(await watch.runAfter(1)).toEqual([])
    expect(await watch.all()).toHaveLength(1)
  })

  it('is found at the start of a gateway that was down over the time, and told anew for the next time', async () => {
    watch.configure(EXPECTING)
    await watch.runAfter(0)
    expect(await watch.runAfter(untilSeven + 300)).toHaveLength(1)
    const [first] = await watch.all()
    await watch.withGateway((gateway) => gateway.acknowledge(first?.id ?? '', { by: 'eva' }))
    await watch.runAfter(60)
    expect(await watch.all()).toHaveLength(1)
    expect(await watch.runAfter(24 * 60)).toEqual(['not-arrived users by 2026-11-21T07:00:00.000Z'])
    expect(await watch.all()).toMatchObject([{}, { ending: expect.stringMatching(/^it never came/) }])
  })

  it('is not raised for what lay in the drop folder while the gateway was down', async () => {
    watch.configure(EXPECTING)
    await watch.runAfter(0)
    drop()
    expect(await watch.runAfter(untilSeven + 300)).toEqual([])
    expect(await watch.all()).toEqual([])
  })

  it('is raised for what must come every minute, too', async () => {
    watch.configure('  users: { object: users, expect: { by: "* * * * *" } }\n')
    await watch.runAfter(0)
    expect(await watch.runAfter(2.5)).toEqual(['not-arrived users by 2026-11-20T04:01:00.000Z'])
    expect(await watch.runAfter(1)).toEqual(['not-arrived users by 2026-11-20T04:02:00.000Z'])
    drop()
    expect(await watch.runAfter(0)).toEqual([])
  })

  it('is not raised for a time before the flow expected anything', async () => {
    watch.configure(FLOWS)
    await watch.runAfter(0)
    watch.configure(EXPECTING)
    expect(await watch.runAfter(untilSeven + 5)).toEqual([])
  })

  it('is raised for a file that came too early to count', async () => {
    watch.configure('  users: { object: users, expect: { by: "0 7 * * *", withinMinutes: 60 } }\n')
    drop()
    await watch.runAfter(0)
    await takeAll()
    expect(await watch.runAfter(untilSeven + 2)).toHaveLength(1)
  })
})

describe('left-behind', () => {
  it('is raised for a link, and is over when it is gone', async () => {
    watch.configure(FLOWS)
    await watch.runAfter(0)
    const remove = watch.dropLink()
    expect(await watch.runAfter(1)).toEqual(['left-behind users/link.csv'])
    remove()
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ severity: 'warning', ending: 'it is gone from the drop folder' })
  })
})

describe('drop-folder', () => {
  it('is raised when the folder cannot be used, and is over when it can', async () => {
    watch.configure(FLOWS)
    watch.folder.write('inbound/users', 'a file where the folder should be')
    expect(await watch.runAfter(0)).toEqual(['drop-folder users'])
    rmSync(watch.folder.at('inbound/users'))
    expect(await watch.runAfter(1)).toEqual([])
    expect(existsSync(watch.folder.at('inbound/users'))).toBe(true)
  })
})

describe('header-changed', () => {
  it('is raised for an export with other columns, until a person knows', async () => {
    watch.configure('  out: { object: suppliers, direction: export }\n')
    const first = watch.coupa.sandbox.writeExport({ object: 'suppliers' })
    expect(await watch.runAfter(0)).toEqual([])
    const path = watch.coupa.sandbox.writeExport({ object: 'suppliers' })
    expect(path).not.toBe(first)
    watch.folder.write(`coupa/sftp${path}`, '"Name","New Column"\r\n"Acme","x"\r\n')
    expect(await watch.runAfter(1)).toHaveLength(1)
    expect(await newest()).toMatchObject({
      kind: 'header-changed',
      what: expect.stringMatching(/added New Column; removed .* and \d+ more$/),
    })
    const [alarm] = await watch.all()
    await watch.withGateway((gateway) => gateway.acknowledge(alarm?.id ?? '', { by: 'eva' }))
    expect(await watch.runAfter(60)).toEqual([])
  })
})

describe('a flow that is not configured any more', () => {
  it('has no alarms', async () => {
    watch.configure(FLOWS)
    drop('hr.csv', BROKEN_USERS)
    expect(await watch.runAfter(0)).toHaveLength(1)
    watch.configure('  items: { object: items }\n')
    expect(await watch.runAfter(1)).toEqual([])
    expect(await newest()).toMatchObject({ ending: 'the flow is not configured any more' })
  })
})
