import { beforeEach, describe, expect, it } from '@jest/globals'
import { type CliResult, jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { openLedger } from '../../ledger/index.ts'

const folder = useTempFolder()
const AHEAD = new Date('2097-01-01T00:00:00Z')
const ELSEWHERE = 'another-start/pid:[1] 4711 x'

const run = (...words: string[]): Promise<CliResult> => runCli(words, { folder: folder.path })
const answer = (input: string): Promise<CliResult> =>
  runCli(['ledger', 'release', 'flow users'], { folder: folder.path, input, isInputTerminal: true })

/** Leaves the lease of `users` as a process did that is not there any more, or is. */
async function leave(owner: string, until: Date): Promise<void> {
  const ledger = await openLedger(folder.at('.flatgate/ledger.sqlite'))
  const [held] = await ledger.leases()
  if (held !== undefined) await ledger.releaseLease(held.name, held.owner)
  await ledger.takeLease('flow users', owner, until, until)
  await ledger.close()
}

async function held(): Promise<readonly unknown[]> {
  return (jsonOf(await run('ledger', 'leases', '--json')) as { leases: unknown[] }).leases
}

beforeEach(() => {
  folder.write('flatgate.yaml', 'flows: { users: { object: users } }\n')
})

describe('flatgate ledger leases', () => {
  it('lists what is held, by whom, and that a clock was ahead', async () => {
    expect((await run('ledger', 'leases')).out).toEqual(['Nothing is held.'])
    await leave(ELSEWHERE, AHEAD)
    expect(await held()).toMatchObject([
      { name: 'flow users', expiresAt: AHEAD.toISOString(), pid: 4711, holder: 'elsewhere', isAhead: true },
    ])
    const { out, err } = await run('ledger', 'leases')
    expect(out[1]).toMatch(/^flow users +2097-01-01 00:00:00Z +process 4711 of another machine.*; its clock was ahead$/)
    expect(err.join('\n')).toContain('free by itself once two calls saw')
  })

  it('leaves out what has run out', async () => {
    await leave(ELSEWHERE, new Date('2020-01-01'))
    expect(await held()).toEqual([])
  })
})

describe('flatgate ledger release', () => {
  it('frees what a clock wrote that was ahead, so that the next run works', async () => {
    await leave(ELSEWHERE, AHEAD)
    expect((await run('run')).exit).toBe(3)
    expect((await run('doctor')).out.join('\n')).toMatch(
      /note +lease: flow users is held until 2097-01-01T00:00:00.000Z by process 4711[^]*`flatgate ledger release "flow users"`/,
    )
    expect(await run('ledger', 'release', 'flow users')).toMatchObject({
      exit: 0,
      out: ['flow users is free. The next run takes it.'],
    })
    expect((await run('run')).exit).toBe(0)
  })

  it('asks on a terminal, and frees nothing without a yes', async () => {
    await leave(ELSEWHERE, AHEAD)
    const { exit, err } = await answer('\n')
    expect({ exit, err: err.join('\n') }).toEqual({
      exit: 2,
      err: expect.stringMatching(/Free it\?[^]*Nothing was freed/),
    })
    expect(await held()).toHaveLength(1)
    expect((await answer('y\n')).exit).toBe(0)
    expect(await held()).toEqual([])
  })

  it('exits 3 and frees nothing that ends by itself', async () => {
    await leave(ELSEWHERE, new Date(Date.now() + 60_000))
    const { exit, err } = await run('ledger', 'release', 'flow users', '--yes')
    expect({ exit, err: err.join('\n') }).toEqual({ exit: 3, err: expect.stringContaining('FLOW_BUSY') })
    expect(await held()).toHaveLength(1)
  })

  it('exits 2 for what is not held', async () => {
    const { exit, err } = await run('ledger', 'release', 'flow items')
    expect({ exit, err: err.join('\n') }).toEqual({ exit: 2, err: expect.stringContaining('LEASE_UNKNOWN') })
  })
})
