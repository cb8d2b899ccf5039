import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { systemClock } from '../../base/index.ts'
import { type Ledger, openLedger } from '../../ledger/index.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })
const onTerminal = (input: string, ...words: string[]): ReturnType<typeof runCli> =>
  runCli(words, { folder: folder.path, input, isInputTerminal: true })

let ledger: Ledger
/** Name of a part whose place is unclear: it is neither in its folder nor in the archive. */
let name: string
beforeEach(async () => {
  gateway.configure('  users: { object: users }\n')
  folder.write('inbound/users/hr.csv', USERS)
  folder.write('secret', 'not the password', 0o600)
  await run('run')
  folder.write('secret', gateway.sandbox.password ?? '', 0o600)
  ledger = await openLedger(folder.at('.flatgate/ledger.sqlite'), { clock: systemClock })
  const [part] = await ledger.partsInState(['prepared'])
  if (part === undefined) throw new Error('no part was prepared')
  name = part.name
  await ledger.write(async (writer) => {
    await writer.updateEachPart([{ id: part.id, change: { state: 'held', evidence: 'the link broke' } }])
    await writer.updateFile(part.fileId, { state: 'held', reason: 'the link broke' })
  })
})
afterEach(() => ledger.close())

describe('flatgate hold', () => {
  it('lists what waits and why', async () => {
    const { exit, out, err } = await run('hold', 'list')
    expect({ exit, err }).toEqual({ exit: 0, err: [expect.stringContaining('`flatgate hold show NAME`')] })
    expect(out[1]).toMatch(new RegExp(`^users +${name} +hr\\.csv +held +the link broke$`))
    expect(jsonOf(await run('hold', 'list', '--json'))).toMatchObject({
      version: 1,
      held: [{ flow: 'users', reason: 'the link broke', part: { name, state: 'held' }, file: { name: 'hr.csv' } }],
    })
  })

  it('lets a run exit 5, send nothing and say where to look', async () => {
    const { exit, err } = await run('run')
    expect(exit).toBe(5)
    expect(err.join('\n')).toMatch(/is held: the link broke\n {2}→ see `flatgate hold show users_/)
    expect(await ledger.partsInState(['held'])).toHaveLength(1)
  })

  it('sends with the next run what is released', async () => {
    expect(await run('hold', 'release', name)).toEqual({
      exit: 0,
      out: [`${name} is prepared now. The next pass takes it up.`],
      err: [],
    })
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
    expect(await run('hold', 'release', odd.id)).toEqual({
      exit: 0,
      out: [`${odd.id} is accepted now. The next pass takes it up.`],
      err: [],
    })
  })

  it('takes a file name that several held files have for none of them, and names them', async () => {
    const [first] = await ledger.findFiles({ limit: 1 })
    if (first === undefined) throw new Error('no file was taken in')
    const odd = { ...first, id: '0000000000000odd', state: 'held' as const, reason: 'could not be judged' }
    await ledger.write((writer) => writer.insertFile(odd))
    const { exit, err } = await run('hold', 'drop', 'hr.csv')
    expect({ exit, err: err[0] }).toEqual({
      exit: 2,
      err: expect.stringContaining(`several are meant, name one: ${name}, ${odd.id}`),
    })
    expect(await ledger.partsInState(['held'])).toHaveLength(1)
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

describe('flatgate hold release and drop', () => {
  it('ask on a terminal, with the reason and what will come of it, and do nothing without a yes', async () => {
    for (const answer of ['n\n', '\n', '', 'yesterday\n']) {
      const { exit, err } = await onTerminal(answer, 'hold', 'drop', name)
      expect(exit).toBe(2)
      expect(err.join('\n')).toMatch(
        /the link broke\n {2}drop: it is never sent\. Had Coupa not taken it, .*\nDrop it\? \[y\/N\]/,
      )
      expect(err.at(-1)).toBe('Nothing was decided.')
    }
    expect(await ledger.partsInState(['held'])).toHaveLength(1)
    expect((await onTerminal('y\n', 'hold', 'drop', name)).out).toEqual([`${name} is dropped now.`])
  })

  it('ask nobody with --yes, and nobody where stdin is no terminal', async () => {
    expect((await onTerminal('', 'hold', 'release', name, '--yes')).exit).toBe(0)
    expect(await ledger.partsInState(['prepared'])).toHaveLength(1)
  })
})

describe('flatgate hold show', () => {
  /** Puts bytes to a place of the server. */
  const put = (path: string, bytes: string | Buffer): void => void folder.write(`coupa/sftp${path}`, bytes.toString())
  const bytesOf = async (): Promise<string> => {
    const [part] = await ledger.partsInState(['held'])
    const sha256 = part?.sha256 ?? ''
    return readFileSync(folder.at(`.flatgate/store/${sha256.slice(0, 2)}/${sha256}`), 'utf8')
  }
  const shownText = async (): Promise<string> => (await run('hold', 'show', name)).out.join('\n')

  it('tells the reason, the story, what the server shows, and what each decision will do', async () => {
    const text = await shownText()
    expect(text).toMatch(
      new RegExp(`^${name} is held, in flow users\n {2}why: the link broke\n {2}source: hr\\.csv, accepted `),
    )
    expect(text).toMatch(/What the server shows, .*Z:\n.*PLACE +PATH +THERE/)
    expect(text).toMatch(new RegExp(` final name +/Incoming/Users/${name} +nothing`))
    expect(text).toMatch(new RegExp(` archive +/Incoming/Archive/Users/${name} +nothing`))
    expect(text).toMatch(new RegExp(` archive +/Archive/Incoming/Users/${name} +`))
    expect(text).toMatch(new RegExp(` temporary name +/Incoming/Users/${name}\\.part +nothing`))
    expect(text).toMatch(/What happened:\n[^]* accepted [^]* linted [^]* prepared /)
    expect(text).toContain('Had Coupa taken it, its rows are loaded twice: look in Coupa first')
    expect(text).toContain('Had Coupa not taken it, its rows are missing there')
  })

  it('says where it lies after all, and that no decision will send it then', async () => {
    put(`/Incoming/Archive/Users/${name}`, await bytesOf())
    const text = await shownText()
    expect(text).toMatch(
      new RegExp(` archive +/Incoming/Archive/Users/${name} +ours: \\d+ bytes, of .*, SHA-256 [0-9a-f]{64}`),
    )
    expect(text.match(/nothing is sent: it is written down as taken/g)).toHaveLength(2)
    expect((await run('hold', 'release', name)).out[0]).toMatch(
      /is taken now\. It was on the server after all; nothing was sent\./,
    )
  })

  it('says that another file has its name, and that a release will be refused', async () => {
    put(`/Incoming/Users/${name}`, 'something else')
    const text = await shownText()
    expect(text).toMatch(/ANOTHER FILE: 14 bytes/)
    expect(text).toContain(`is refused: another file lies at /Incoming/Users/${name}`)
    expect((await run('hold', 'release', name)).exit).toBe(4)
  })

  it('works without the server, and says why it could not look', async () => {
    gateway.sandbox.faults.refuseLogin = true
    const { exit, out } = await run('hold', 'show', name)
    expect(exit).toBe(0)
    expect(out.join('\n')).toMatch(/The server was not looked at: TRANSFER_AUTH[^]*the server is looked at first/)
  })

  it('tells what waits behind it', async () => {
    folder.write('inbound/users/next.csv', USERS.replaceAll('ann', 'cat'))
    await run('run')
    expect(await shownText()).toMatch(
      /1 part for the same folder waits behind it:\n {2}users_\S+\.csv, 2 rows, prepared/,
    )
  })

  it('tells it all as JSON', async () => {
    expect(jsonOf(await run('hold', 'show', name, '--json'))).toMatchObject({
      version: 1,
      kind: 'part',
      flow: 'users',
      reason: 'the link broke',
      part: { name },
      server: {
        looked: true,
        places: [{ role: 'folder' }, { role: 'archive' }, { role: 'archive' }, { role: 'staging' }],
      },
      behind: [],
      decisions: { release: expect.stringContaining('sent again'), drop: expect.stringContaining('never sent') },
    })
  })

  it('shows of a held repeat what it repeats and what is newer', async () => {
    await run('hold', 'drop', name)
    for (const text of [USERS, USERS.replaceAll('ann', 'cat'), USERS]) {
      folder.write('some.csv', text)
      await run('send', 'some.csv')
    }
    const text = (await run('hold', 'show', 'some.csv')).out.join('\n')
    expect(text).toMatch(
      / the same content: some\.csv, accepted .*, placed[^]* newer than that: some\.csv, accepted .*, placed/,
    )
    expect(text).toContain('nothing of it was ever put on the server')
    expect(text).toContain('its older state will be the last')
  })
})

describe('a held export', () => {
  it('is listed, shown, and published as it is when a person releases it', async () => {
    gateway.configure('  users: { object: users }\n  out: { object: suppliers, direction: export, after: delete }\n')
    folder.write('coupa/sftp/Outgoing/Suppliers/cut.csv', '"Name","Status"\r\n"a","act')
    expect((await run('fetch')).exit).toBe(5)
    const listed = jsonOf(await run('hold', 'list', '--json')) as {
      readonly exports: readonly { readonly id: string }[]
    }
    const id = listed.exports[0]?.id ?? ''
    const text = (await run('hold', 'show', 'cut.csv')).out.join('\n')
    expect(text).toMatch(/export: cut\.csv, accepted[^]* final name +\/Outgoing\/Suppliers\/cut\.csv +ours: \d+ bytes/)
    expect(text).toContain('it is fetched once more and published as it is, damaged or not')
    expect((await run('hold', 'release', id)).out).toEqual([`${id} is published now.`])
    expect(readFileSync(folder.at('outbound/suppliers/cut.csv'), 'utf8')).toBe('"Name","Status"\r\n"a","act')
  })
})
