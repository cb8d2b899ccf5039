import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from '@jest/globals'
import { startFlatgate } from '../../../test/support/real-process.ts'
import { type CliResult, jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { BROKEN_USERS, USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const FLOWS = '  users: { object: users }\n'
const run = (...words: string[]): Promise<CliResult> => runCli(words, { folder: folder.path })
const ledger = (...words: string[]): Promise<CliResult> => run('ledger', ...words)

/** A gateway that has sent two files and rejected one. */
async function work(): Promise<void> {
  gateway.configure(FLOWS)
  folder.write('inbound/users/bad.csv', BROKEN_USERS)
  for (const name of ['one', 'two']) {
    folder.write(`inbound/users/${name}.csv`, USERS.replaceAll('bob', name))
    await run('run')
    await gateway.sandbox.loader.cycle()
    await run('run')
  }
}

function sql(path: string, statement: string): void {
  const database = new DatabaseSync(path)
  database.exec(statement)
  database.close()
}

describe('flatgate ledger backup', () => {
  it('makes a copy that can take the place of the ledger', async () => {
    await work()
    const { exit, out } = await ledger('backup', '--to', 'copy/ledger.sqlite')
    expect({ exit, out: out[0] }).toEqual({
      exit: 0,
      out: expect.stringMatching(/copy\/ledger\.sqlite: [\d,]+ bytes, read back$/),
    })
    const before = jsonOf(await run('history', '--json'))
    for (const name of readdirSync(folder.at('.flatgate')).filter((one) => one.startsWith('ledger')))
      rmSync(folder.at('.flatgate', name))
    writeFileSync(folder.at('.flatgate/ledger.sqlite'), readFileSync(folder.at('copy/ledger.sqlite')))
    expect(jsonOf(await run('history', '--json'))).toEqual(before)
  })

  it('replaces nothing', async () => {
    gateway.configure(FLOWS)
    await run('status')
    folder.write('copy.sqlite', 'precious')
    const { exit, err } = await ledger('backup', '--to', 'copy.sqlite')
    expect({ exit, err: err[0] }).toEqual({ exit: 4, err: expect.stringMatching(/TRANSFER_TARGET_EXISTS/) })
    expect(readFileSync(folder.at('copy.sqlite'), 'utf8')).toBe('precious')
  })

  it('has a name of its own in the state folder, and tells it as JSON', async () => {
    gateway.configure(FLOWS)
    await run('status')
    const result = jsonOf(await ledger('backup', '--json')) as { readonly path: string }
    expect(result).toMatchObject({ version: 1, sizeBytes: expect.any(Number), findings: [] })
    expect(result.path).toMatch(/\.flatgate\/backups\/ledger_\d{8}_\d{6}Z\.sqlite$/)
    expect(existsSync(result.path)).toBe(true)
  })
})

describe('flatgate ledger check', () => {
  it('is content with a ledger at work', async () => {
    await work()
    const { exit, out } = await ledger('check')
    expect({ exit, out }).toEqual({ exit: 0, out: [`${folder.at('.flatgate/ledger.sqlite')}: all is well`] })
  })

  it('exits 1 and names a file that has lost its content', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    await run('run')
    rmSync(folder.at('.flatgate/store'), { recursive: true })
    const checked = await ledger('check', '--json')
    expect(checked.exit).toBe(1)
    expect(jsonOf(checked)).toMatchObject({
      version: 1,
      ledgerVersion: expect.any(Number),
      findings: expect.arrayContaining([expect.objectContaining({ code: 'missing-content' })]),
    })
  })

  it('exits 1 with what contradicts itself, and 4 with a file that is damaged', async () => {
    await work()
    const path = folder.at('.flatgate/ledger.sqlite')
    sql(path, "update parts set state = 'placing'; pragma wal_checkpoint(truncate)")
    const found = await ledger('check')
    expect({ exit: found.exit, out: found.out[0] }).toEqual({
      exit: 1,
      out: expect.stringMatching(/^part-outlives-file: /),
    })

    // The middle of the file is written over; its header stays.
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096, bytes.length - 4096)
    writeFileSync(path, bytes)
    const damaged = await ledger('check')
    expect(damaged.exit).toBe(4)
    expect([...damaged.out, ...damaged.err].join('\n')).toMatch(/damaged|LEDGER_DAMAGED/)
  })

  it('says where there is none', async () => {
    gateway.configure(FLOWS)
    expect((await ledger('check')).exit).toBe(2)
  })
})

describe('flatgate ledger prune', () => {
  /** Lets files end and be stored long ago. */
  function age(): void {
    const path = folder.at('.flatgate/ledger.sqlite')
    sql(path, "update files set updated_at = '2020-01-01T00:00:00.000Z'")
    const store = folder.at('.flatgate/store')
    for (const letters of readdirSync(store)) {
      for (const name of readdirSync(join(store, letters))) utimesSync(join(store, letters, name), 1, 1)
    }
  }

  function contents(): number {
    const store = folder.at('.flatgate/store')
    return readdirSync(store)
      .filter((name) => name !== 'drafts')
      .reduce((count, letters) => count + readdirSync(join(store, letters)).length, 0)
  }

  it('tells with --dry-run what it removes then, and keeps what is needed', async () => {
    await work()
    folder.write('inbound/users/open.csv', USERS.replaceAll('bob', 'open'))
    await run('run')
    age()
    const before = contents()
    const trial = await ledger('prune', '--older-than', '90d', '--dry-run', '--json')
    expect({ exit: trial.exit, after: contents() }).toEqual({ exit: 0, after: before })
    const done = await ledger('prune', '--older-than', '90d', '--json')
    expect(jsonOf(done)).toEqual({ ...(jsonOf(trial) as object), dryRun: false })
    // The open file still has what it was made from, which is what is sent.
    expect(contents()).toBe(1)
    expect(jsonOf(done)).toMatchObject({ ledger: { files: 1 }, store: { contents: before - 1 } })
    expect(await ledger('check', '--json').then(jsonOf)).toMatchObject({ neededContents: 1, findings: [] })
    expect((await run('history', 'one.csv')).exit).toBe(0)
    // The drop folders are not the ledger's.
    expect(readdirSync(folder.at('inbound/users/accepted'))).toContain('one.csv')
  })

  it('follows the configuration: only what it speaks of', async () => {
    await work()
    age()
    folder.write(
      'flatgate.yaml',
      `${readFileSync(folder.at('flatgate.yaml'), 'utf8')}retention: { contentsDays: 30, rejectedDays: 30 }\n`,
    )
    const result = jsonOf(await ledger('prune', '--json'))
    expect(result).toMatchObject({ days: { contentsDays: 30 }, store: { contents: expect.any(Number) }, rejected: 0 })
    expect(result).not.toHaveProperty('ledger')
    expect(contents()).toBe(0)
  })

  it('is done by the service by itself', async () => {
    await work()
    age()
    const text = readFileSync(folder.at('flatgate.yaml'), 'utf8')
    folder.write('flatgate.yaml', `${text}retention: { historyDays: 30, contentsDays: 30 }\n`)
    const service = startFlatgate(['serve'], { folder: folder.path })
    const [line] = await service.said(/^.*"removed what is old".*$/m)
    expect(JSON.parse(line)).toMatchObject({ files: 1, parts: 1, contents: expect.any(Number) })
    service.child.kill('SIGTERM')
    expect((await service.ended).exit).toBe(0)
    expect(contents()).toBe(0)
  })

  it.each([
    [[], /nothing says what is old/],
    [['--older-than', '90'], /number of days such as 90d/],
    [['--older-than', '0d'], /number of days such as 90d/],
  ])('removes nothing with %j', async (words, message) => {
    await work()
    age()
    const { exit, err } = await ledger('prune', ...words)
    expect({ exit, err: err.join('\n') }).toEqual({ exit: 2, err: expect.stringMatching(message) })
    expect(contents()).toBeGreaterThan(0)
  })
})

describe('a ledger of a newer flatgate', () => {
  it('is refused by every command', async () => {
    gateway.configure(FLOWS)
    await run('status')
    sql(folder.at('.flatgate/ledger.sqlite'), 'pragma user_version = 99')
    for (const words of [['status'], ['run'], ['ledger', 'check'], ['ledger', 'prune', '--older-than', '1d']]) {
      const { exit, err } = await run(...words)
      expect({ words, exit, err: err[0] }).toEqual({ words, exit: 4, err: expect.stringMatching(/LEDGER_NEWER/) })
    }
  })
})
