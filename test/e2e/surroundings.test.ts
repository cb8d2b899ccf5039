import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { loginsOf } from '../support/users-csv.ts'
import { type Ended, runFlatgate } from '../support/real-process.ts'
import { BROKEN_USERS, USERS, useSandboxGateway } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)

/** Debian's `nobody`: permissions mean nothing to root. */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const user = isRoot ? { user: NOBODY } : {}

const run = (more: Partial<Parameters<typeof runFlatgate>[1]> = {}): Promise<Ended> =>
  runFlatgate(['run'], { folder: folder.path, ...more })
const inIncoming = (): readonly string[] =>
  readdirSync(join(gateway.sandbox.root, 'Incoming/Users')).filter((name) => name.endsWith('.csv'))
const dropped = (): readonly string[] => readdirSync(folder.at('inbound/users')).filter((name) => name.endsWith('.csv'))

/** The whole folder belongs to the user as whom flatgate runs. */
function giveAway(): void {
  if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder.path])
}

async function states(): Promise<Readonly<Record<string, string>>> {
  const { out } = await runFlatgate(['history', '--json'], { folder: folder.path })
  const { files } = JSON.parse(out) as { files: readonly { name: string; state: string }[] }
  return Object.fromEntries(files.map(({ name, state }) => [name, state]))
}

describe('a log', () => {
  ;(existsSync('/dev/full') ? it : it.skip)(
    'fault 4: that cannot be written, as on a full disk, costs no file',
    async () => {
      gateway.configure('  users: { object: users }\n')
      folder.write('inbound/users/hr.csv', USERS)
      const command = `exec "${process.execPath}" "${resolve('bin/flatgate.cjs')}" run --verbose 2>/dev/full`
      const { status } = spawnSync('sh', ['-c', command], { cwd: folder.path, encoding: 'utf8' })
      // Without a log it works on, or ends as by a fault; it must not say that all is well and leave the file.
      expect([0, 70]).toContain(status)
      if (status === 0) expect(inIncoming()).toHaveLength(1)
      expect((await run()).exit).toBe(0)
      expect([dropped(), inIncoming().length]).toEqual([[], 1])
    },
  )
})

describe('a folder that cannot be used', () => {
  it('fault 5: a state folder that is read-only stops the gateway before it touches a file', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('inbound/users/hr.csv', USERS)
    mkdirSync(folder.at('.flatgate'))
    giveAway()
    chmodSync(folder.at('.flatgate'), 0o555)
    const refused = await run(user)
    expect({ exit: refused.exit, err: refused.err }).toEqual({ exit: 4, err: expect.stringContaining('.flatgate') })
    expect([dropped(), inIncoming()]).toEqual([['hr.csv'], []])
    chmodSync(folder.at('.flatgate'), 0o755)
    expect((await run(user)).exit).toBe(0)
    expect([dropped(), inIncoming().length]).toEqual([[], 1])
  })

  it('fault 5: a drop folder that has gone is made again, and a store that has gone is told', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('inbound/users/hr.csv', USERS)
    expect((await run()).exit).toBe(0)
    rmSync(folder.at('inbound'), { recursive: true })
    rmSync(folder.at('.flatgate/store'), { recursive: true })
    expect((await run()).exit).toBe(0)
    folder.write('inbound/users/more.csv', USERS.replaceAll('ann', 'eve'))
    expect((await run()).exit).toBe(0)
    expect(inIncoming()).toHaveLength(2)
    expect(await states()).toEqual({ 'hr.csv': 'placed', 'more.csv': 'placed' })
  })

  it.each([
    ['may not be read', 0o000, 'FILE_UNREADABLE.*EACCES'],
    ['may not be written', 0o555, 'FOLDER_READ_ONLY.*inbound/users'],
  ])('fault 6: a drop folder that %s is told, and keeps no other flow from its files', async (_title, mode, said) => {
    gateway.configure('  users: { object: users }\n  more: { object: users, from: inbound/more, prefix: more }\n')
    folder.write('inbound/users/hr.csv', USERS)
    folder.write('inbound/more/more.csv', USERS.replaceAll('ann', 'eve'))
    giveAway()
    chmodSync(folder.at('inbound/users'), mode)
    const refused = await run(user)
    chmodSync(folder.at('inbound/users'), 0o755)
    expect({ exit: refused.exit, said: refused.err + refused.out }).toEqual({
      exit: 4,
      said: expect.stringMatching(new RegExp(`^users: ${said}`, 'm')),
    })
    expect([dropped(), inIncoming()]).toEqual([['hr.csv'], [expect.stringMatching(/^more_/)]])
    expect((await run(user)).exit).toBe(0)
    expect([dropped(), inIncoming().length]).toEqual([[], 2])
  })

  it('fault 6: a file that may not be read is left where it is, and the next one taken', async () => {
    gateway.configure('  users: { object: users }\n')
    folder.write('inbound/users/hr.csv', USERS, 0o000)
    folder.write('inbound/users/more.csv', USERS.replaceAll('ann', 'eve'))
    giveAway()
    const { out, err } = await run(user)
    expect(out + err).toMatch(/hr\.csv[^]*cannot be taken/)
    expect([dropped(), inIncoming().length]).toEqual([['hr.csv'], 1])
    chmodSync(folder.at('inbound/users/hr.csv'), 0o644)
    expect((await run(user)).exit).toBe(0)
    expect([dropped(), inIncoming().length]).toEqual([[], 2])
  })
})

describe('a drop folder without hard links', () => {
  // Linux lets nobody link a file of somebody else, which is what a share without links answers too.
  ;(isRoot ? it : it.skip)(
    'fault 12: gives its files to accepted and rejected by copy, and replaces none',
    async () => {
      gateway.configure('  users: { object: users }\n')
      folder.write('inbound/users/accepted/hr.csv', 'an older file of this name')
      giveAway()
      folder.write('inbound/users/hr.csv', USERS)
      folder.write('inbound/users/bad.csv', BROKEN_USERS)
      expect((await run(user)).exit).toBe(1)
      expect(inIncoming()).toHaveLength(1)
      const [renamed = ''] = readdirSync(folder.at('inbound/users/accepted')).filter((name) =>
        /^hr\..+\.csv$/.test(name),
      )
      expect(
        loginsOf(execFileSync('cat', [folder.at('inbound/users/accepted', renamed)], { encoding: 'utf8' })),
      ).toEqual(loginsOf(USERS))
      expect(execFileSync('cat', [folder.at('inbound/users/accepted/hr.csv')], { encoding: 'utf8' })).toMatch(
        /older file/,
      )
      expect(readdirSync(folder.at('inbound/users/rejected'))).toContain('bad.csv')
      expect([dropped(), readdirSync(folder.at('inbound/users/.claimed'))]).toEqual([[], []])
    },
  )
})

describe('a file that its writer is not done with', () => {
  it('fault 8: that is moved in from elsewhere after it was written is taken whole', async () => {
    gateway.configure('  users: { object: users }\n')
    mkdirSync(folder.at('inbound/users'), { recursive: true })
    writeFileSync(folder.at('inbound/users/hr.csv.part'), USERS.slice(0, 60))
    expect((await run()).exit).toBe(0)
    expect([inIncoming(), readdirSync(folder.at('inbound/users'))]).toEqual([[], ['hr.csv.part']])
    writeFileSync(folder.at('inbound/users/hr.csv.part'), USERS)
    renameSync(folder.at('inbound/users/hr.csv.part'), folder.at('inbound/users/hr.csv'))
    expect((await run()).exit).toBe(0)
    expect(inIncoming()).toHaveLength(1)
  })
})
