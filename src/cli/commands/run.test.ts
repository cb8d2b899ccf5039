import { existsSync, readdirSync } from 'node:fs'
import { untilThere } from '../../../test/support/until-there.ts'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { BROKEN_USERS, USERS, useSandboxGateway } from '../../../test/support/sandbox-gateway.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const FLOWS = '  users: { object: users }\n  items: { object: items }\n'
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['run', ...words], { folder: folder.path })
const incoming = (): string[] => readdirSync(folder.at('coupa/sftp/Incoming/Users'))

describe('flatgate run', () => {
  it('says that there is nothing new', async () => {
    gateway.configure(FLOWS)
    expect(await run()).toEqual({ exit: 0, out: ['Nothing new.'], err: [] })
  })

  it('places what is dropped and tells it in a table', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const { exit, out, err } = await run()
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[0]).toMatch(/^FLOW +FILE +STATE +ROWS +REMARK +REFERENCE$/)
    expect(out[1]).toMatch(/^users +hr\.csv +placed +2 /)
    expect(incoming()).toHaveLength(1)
    expect(existsSync(folder.at('inbound/users/accepted/hr.csv'))).toBe(true)
  })

  it('tells the same as JSON, and nothing besides on stdout', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const result = await run('--json', '--verbose')
    expect(jsonOf(result)).toMatchObject({
      version: 1,
      flows: [
        {
          flow: 'users',
          files: [{ name: 'hr.csv', state: 'placed', rows: 2 }],
          watched: [{ state: 'placed' }],
          held: [],
        },
        { flow: 'items', files: [] },
      ],
    })
    expect(result.err.join('\n')).toMatch(/accepted/)
  })

  it('exits 1 when a file is rejected, and still sends the others', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/bad.csv', BROKEN_USERS)
    folder.write('inbound/users/good.csv', USERS)
    const { exit, out } = await run()
    expect(exit).toBe(1)
    expect(out.join('\n')).toMatch(/bad\.csv +rejected/)
    expect(incoming()).toHaveLength(1)
    expect(existsSync(folder.at('inbound/users/rejected/bad.csv'))).toBe(true)
  })

  it('runs the named flows only, and refuses a name that is none', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    expect((await run('items')).out).toEqual(['Nothing new.'])
    const { exit, err } = await run('usrs')
    expect(exit).toBe(2)
    expect(err[0]).toMatch(/FLOW_UNKNOWN.*flow=usrs known=users, items/)
  })

  it('says what it leaves in the drop folder, with signs that cannot steer the terminal', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/\u001b[2J.csv', USERS)
    const { exit, err } = await run()
    expect(exit).toBe(0)
    expect(err.join('\n')).toMatch(/users: \\u001b\[2J\.csv has a name that is not safe/)
  })

  it('waits until Coupa has taken everything', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const running = run('--wait', '60', '--json')
    await untilThere(folder.at('coupa/sftp/Incoming/Users'), /\.csv$/)
    await gateway.sandbox.loader.cycle()
    const result = await running
    expect(result.exit).toBe(0)
    expect(jsonOf(result)).toMatchObject({ flows: [{ files: [{ state: 'taken' }], watched: [] }, {}] })
  })

  it('exits 3 when Coupa has not taken it in that time', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const { exit, err } = await run('--wait', '1')
    expect(exit).toBe(3)
    expect(err.join('\n')).toMatch(/was not taken in this time\n {2}→/)
  })

  it('exits 4 and tries the login once, when the server refuses it, whatever number of flows', async () => {
    gateway.configure(FLOWS)
    gateway.sandbox.faults.refuseLogin = true
    folder.write('secret', 'hunter2', 0o600)
    folder.write('inbound/users/hr.csv', USERS)
    folder.write('inbound/items/items.csv', '"Name","Description","UOM code"\r\n"a","b","EA"\r\n')
    const result = await run('--json')
    expect(result.exit).toBe(4)
    const text = [...result.out, ...result.err].join('\n')
    expect(text).toMatch(/TRANSFER_AUTH/)
    expect(text).not.toContain('hunter2')
    gateway.sandbox.faults.refuseLogin = false
    expect((await run()).exit).toBe(4)
    folder.write('secret', gateway.sandbox.password ?? '', 0o600)
    expect((await run()).exit).toBe(0)
    expect(incoming()).toHaveLength(1)
  })

  it('exits 3 when the server cannot be reached, and goes on with the next run', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const text = `server: { host: 127.0.0.1, port: 1, username: u, password: x, hostKey: "SHA256:${'a'.repeat(43)}" }
`
    folder.write('down.yaml', `${text}pickUp: { settleSeconds: 0.01 }\nflows:\n${FLOWS}`)
    const { exit, err } = await run('users', '--config', 'down.yaml')
    expect(exit).toBe(3)
    expect(err.join('\n')).toMatch(/users: TRANSFER_CONNECT[^]*→ check host, port and network/)
    expect((await run()).exit).toBe(0)
    expect(incoming()).toHaveLength(1)
  })

  it('exits 2 when there is no server or no host key', async () => {
    for (const server of ['', 'server: { host: 127.0.0.1, username: u, password: x }\n']) {
      folder.write('flatgate.yaml', `${server}pickUp: { settleSeconds: 0.01 }\nflows:\n${FLOWS}`)
      folder.write('inbound/users/hr.csv', USERS)
      expect((await run()).exit).toBe(2)
    }
  })

  it('begins nothing once it is told to stop, says so and exits 3', async () => {
    gateway.configure(FLOWS)
    folder.write('inbound/users/hr.csv', USERS)
    const { exit, err } = await runCli(['run'], { folder: folder.path, stop: AbortSignal.abort() })
    expect(exit).toBe(3)
    expect(err.join('\n')).toMatch(/users: STOPPED.*\n {2}→ run it again/)
    expect((await run()).exit).toBe(0)
    expect(incoming()).toHaveLength(1)
  })
})
