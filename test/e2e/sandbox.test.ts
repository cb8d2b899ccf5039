import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type RealProcess, runFlatgate, startFlatgate } from '../support/real-process.ts'
import { USERS } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'
import { untilThere } from '../support/until-there.ts'

const folder = useTempFolder()
const started: RealProcess[] = []
afterEach(async () => {
  for (const running of started.splice(0)) await running.kill()
})

function start(...words: string[]): RealProcess {
  const running = startFlatgate(words, { folder: folder.path })
  started.push(running)
  return running
}
const run = (...words: string[]): ReturnType<typeof runFlatgate> => runFlatgate(words, { folder: folder.path })

/** Starts a sandbox as a user would and writes the configuration from what it prints. */
async function startSandbox(cycleSeconds: number): Promise<void> {
  const sandbox = start('sandbox', '--json', '--port', '0', '--cycle-seconds', String(cycleSeconds))
  const [line] = await sandbox.said(/^\{.*\}$/m)
  const { host, port, username, password, hostKey } = JSON.parse(line) as Record<string, string>
  folder.write('secret', password ?? '', 0o600)
  folder.write(
    'flatgate.yaml',
    `server: { host: ${host}, port: ${port}, username: ${username}, password: "\${file:secret}", hostKey: "${hostKey}" }\n` +
      'pickUp: { settleSeconds: 0.2, lookEverySeconds: 0.2, askEverySeconds: 0.5 }\nflows: { users: { object: users } }\n',
  )
}

const incoming = (): string => folder.at('sandbox/sftp/Incoming/Users')
const archive = (): string => folder.at('sandbox/sftp/Incoming/Archive/Users')

interface History {
  readonly files: readonly { readonly name: string; readonly state: string }[]
}
const history = async (): Promise<History> => JSON.parse((await run('history', '--json')).out) as History

describe('flatgate as a process', () => {
  it('plays the demo, with six objects taken', async () => {
    const { exit, out, err } = await run('demo')
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    for (const object of ['users', 'suppliers', 'items', 'account-types', 'accounts', 'exchange-rates']) {
      expect(out).toMatch(new RegExp(`^${object} .* taken `, 'm'))
    }
    expect(out).toMatch(/hr-users-broken\.csv +rejected/)
  })

  it('sends to a sandbox of another process, waits until it is taken and tells the history', async () => {
    await startSandbox(1)
    folder.write('inbound/users/hr.csv', USERS)
    const result = await run('run', '--wait', '60', '--json')
    expect({ exit: result.exit, err: result.err }).toEqual({ exit: 0, err: '' })
    expect(JSON.parse(result.out)).toMatchObject({ flows: [{ files: [{ name: 'hr.csv', state: 'taken', rows: 2 }] }] })
    expect(await history()).toMatchObject({ version: 1, files: [{ name: 'hr.csv', state: 'taken' }] })
    expect(readdirSync(archive())).toHaveLength(1)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, ends with 0 and loses nothing', async (signal) => {
    await startSandbox(1)
    const server = start('serve')
    await server.said(/"serving"/)
    folder.write('inbound/users/hr.csv', USERS)
    await server.said(/"taken"/)
    server.child.kill(signal)
    const { exit, err, out } = await server.ended
    expect({ exit, out }).toEqual({ exit: 0, out: '' })
    expect(err).toMatch(/finishing what is at hand/)
    expect(await history()).toMatchObject({ files: [{ name: 'hr.csv', state: 'taken' }] })
  })

  it('delivers a file exactly once although it is killed while it serves', async () => {
    await startSandbox(3600)
    // From before the first upload to behind the last rename, each run is killed a step further on.
    for (const step of ['"accepted"', '"renaming"', '"placed"']) {
      folder.write(`inbound/users/${step.slice(1, -1)}.csv`, USERS.replaceAll('ann', `ann.${step.slice(1, -1)}`))
      const server = start('serve', '--verbose')
      await server.said(new RegExp(step))
      await server.kill()
    }
    const again = start('serve')
    await again.said(/"serving"/)
    await untilThere(incoming(), /\.csv$/, 3)
    again.child.kill('SIGTERM')
    expect((await again.ended).exit).toBe(0)
    expect(readdirSync(incoming()).filter((name) => name.endsWith('.csv'))).toHaveLength(3)
    expect(readdirSync(folder.at('inbound/users')).filter((name) => name.endsWith('.csv'))).toEqual([])
  })

  it('finishes what is at hand when a run is told to stop, and the next run does the rest', async () => {
    await startSandbox(3600)
    for (let number = 0; number < 20; number += 1) {
      folder.write(`inbound/users/f${number}.csv`, USERS.replaceAll('ann', `ann${number}`))
    }
    const running = start('run', '--verbose', '--json')
    await untilThere(incoming(), /\.csv$/)
    running.child.kill('SIGTERM')
    const { exit, out } = await running.ended
    expect(exit).toBe(3)
    expect(JSON.parse(out)).toMatchObject({ flows: [{ failure: { code: 'STOPPED' } }] })
    expect(readdirSync(incoming()).filter((name) => !name.endsWith('.csv'))).toEqual([])
    expect((await run('run')).exit).toBe(0)
    expect(readdirSync(incoming()).filter((name) => name.endsWith('.csv'))).toHaveLength(20)
  })

  it('ends at once when it is told a second time', async () => {
    const tarpit = createServer().listen(0, '127.0.0.1')
    await once(tarpit, 'listening')
    const { port } = tarpit.address() as AddressInfo
    folder.write(
      'flatgate.yaml',
      `server: { host: 127.0.0.1, port: ${port}, username: u, password: x, hostKey: "SHA256:${'A'.repeat(43)}" }\n` +
        'pickUp: { settleSeconds: 0.1 }\nflows: { users: { object: users } }\n',
    )
    folder.write('inbound/users/hr.csv', USERS)
    const running = start('run')
    // The server takes the connection and stays silent: the call at hand would last for 20 seconds.
    const [socket] = (await once(tarpit, 'connection')) as [Socket]
    running.child.kill('SIGINT')
    await running.said(/finishing what is at hand; once more to end at once/)
    running.child.kill('SIGINT')
    expect((await running.ended).exit).toBe(130)
    socket.destroy()
    tarpit.close()
  })
})

describe('the streams of flatgate', () => {
  it('go on when the reader of stdout is gone', async () => {
    const listing = start('schema', 'list', '--json')
    listing.child.stdout?.destroy()
    const { exit, err } = await listing.ended
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
  })

  it('carry results on stdout and nothing else', async () => {
    const linted = await runFlatgate(['lint', '-', '--stdin-filename', 'users.csv', '--json'], {
      folder: folder.path,
      input: USERS,
    })
    expect({ exit: linted.exit, err: linted.err }).toEqual({ exit: 0, err: '' })
    expect(JSON.parse(linted.out)).toMatchObject({
      version: 1,
      files: [{ path: 'users.csv', object: 'users', rows: 2 }],
    })
    const missing = await run('lint', 'none.csv')
    expect({ exit: missing.exit, out: missing.out }).toEqual({ exit: 2, out: '' })
  })

  it('say of a fault of the program that it is one, with exit code 70', async () => {
    // Throws once the program listens, as a fault in a callback would.
    const fault = folder.write(
      'fault.mjs',
      "const turn = setInterval(() => { if (process.listenerCount('uncaughtException') === 0) return\n" +
        "clearInterval(turn); throw new TypeError('a fault') }, 1)",
    )
    const env = { NODE_OPTIONS: `--import=${fault}` }
    const { exit, err } = await runFlatgate(['sandbox', '--port', '0'], { folder: folder.path, env })
    expect(exit).toBe(70)
    expect(err).toMatch(/fault of the program itself[^]*TypeError: a fault/)
  })

  it('have no colour where they are no terminal', async () => {
    const { exit, out } = await runFlatgate(['lint', '-', '--object', 'users'], {
      folder: folder.path,
      input: USERS,
      env: { FORCE_COLOR: '1' },
    })
    expect(exit).toBe(0)
    expect(out).not.toContain('\u001b')
  })
})
