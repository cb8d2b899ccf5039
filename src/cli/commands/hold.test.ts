import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { systemClock } from '../../base/index.ts'
import { type Ledger, openLedger } from '../../ledger/index.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

let ledger: Ledger
/** Name of a part whose place is unclear: it is neither in its folder nor in the archive. */
let name: string
beforeEach(async () => {
  gateway.configure('  users: { object: users }\n')
  folder.write('inbound/users/hr.csv', USERS)
  gateway.sandbox.faults.refuseLogin = true
  await run('run')
  gateway.sandbox.faults.refuseLogin = false
  ledger = await openLedger(folder.at('.flatgate/ledger.sqlite'), { clock: systemClock })
  const [part] = await ledger.partsInState(['prepared'])
  if (part === undefined) throw new Error('no part was prepared')
  name = part.name
  await ledger.write(async (writer) => {
    await writer.updateParts([part.id], { state: 'held', evidence: 'the link broke' })
    await writer.updateFile(part.fileId, { state: 'held', reason: 'the link broke' })
  })
})
afterEach(() => ledger.close())

describe('flatgate hold', () => {
  it('lists what waits and why', async () => {
    const { exit, out, err } = await run('hold', 'list')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[1]).toMatch(new RegExp(`^users +${name} +hr\\.csv +held +the link broke$`))
    expect(jsonOf(await run('hold', 'list', '--json'))).toMatchObject({
      version: 1,
      held: [{ flow: 'users', reason: 'the link broke', part: { name, state: 'held' }, file: { name: 'hr.csv' } }],
    })
  })

  it('lets a run exit 5, send nothing and say where to look', async () => {
    const { exit, err } = await run('run')
    expect(exit).toBe(5)
    expect(err.join('\n')).toMatch(/is held: the link broke\n {2}→ see `flatgate hold list`/)
    expect(await ledger.partsInState(['held'])).toHaveLength(1)
  })

  it('sends with the next run what is released', async () => {
    expect(await run('hold', 'release', name)).toEqual({ exit: 0, out: [`${name} is prepared now.`], err: [] })
    expect((await run('run')).exit).toBe(0)
    expect((await run('hold', 'list')).out).toEqual(['Nothing is held.'])
    expect(await ledger.partsInState(['placed'])).toHaveLength(1)
  })

  it('never sends what is dropped', async () => {
    expect(jsonOf(await run('hold', 'drop', name, '--json'))).toEqual({
      version: 1,
      name,
      decision: 'drop',
      state: 'dropped',
    })
    expect((await run('run')).exit).toBe(0)
    expect(await ledger.partsInState(['placed', 'prepared'])).toEqual([])
  })

  it('shows files that could not be judged too, and decides about them by reference or name', async () => {
    const [first] = await ledger.findFiles({ limit: 1 })
    if (first === undefined) throw new Error('no file was taken in')
    const odd = { ...first, id: '0000000000000odd', name: 'odd.csv', reason: 'could not be judged' }
    await ledger.write((writer) => writer.insertFile({ ...odd, state: 'held' }))
    expect((await run('hold', 'list')).out[2]).toMatch(/^users +0000000000000odd +odd\.csv +held +could not be judged$/)
    expect(jsonOf(await run('hold', 'list', '--json'))).toMatchObject({ files: [{ id: odd.id, state: 'held' }] })
    expect(await run('hold', 'release', odd.id)).toEqual({ exit: 0, out: [`${odd.id} is accepted now.`], err: [] })
  })

  it('exits 2 for a name that is not held, and 3 while another process works on the flow', async () => {
    expect((await run('hold', 'release', 'nothing.csv')).exit).toBe(2)
    const now = new Date()
    await ledger.takeLease('flow users', 'elsewhere 1 x', now, new Date(now.getTime() + 60_000))
    const { exit, err } = await run('hold', 'release', name)
    expect(exit).toBe(3)
    expect(err[0]).toMatch(/FLOW_BUSY/)
    expect((await run('run')).exit).toBe(3)
  })
})
