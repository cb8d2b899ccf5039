import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { type CliResult, jsonOf, runCli } from './support/run-cli.ts'
import { canMount, mountSmallDisk, type SmallDisk } from './support/small-disk.ts'
import { useTempFolder } from './support/temp-folder.ts'
import { runFlatgate, startFlatgate } from './support/real-process.ts'
import { untilThere } from './support/until-there.ts'

const isPossible = canMount()
const folder = useTempFolder()
let sandbox: Sandbox
let disk: SmallDisk

beforeEach(async () => {
  if (!isPossible) return
  sandbox = await startSandbox({ folder: folder.at('coupa'), cycleSeconds: 3600 })
  disk = mountSmallDisk(6)
})
afterEach(async () => {
  if (!isPossible) return
  await sandbox.close()
  disk.unmount()
})

/** About 330 KB. */
const ROWS = 5000
const users = (tag: string): string =>
  `"Login","Email","First Name","Last Name"\r\n${Array.from(
    { length: ROWS },
    (_, row) => `"${tag}${row}","${tag}${row}@example.com","Ann","Lee"\r\n`,
  ).join('')}`

/** Writes a file of the gateway. */
function put(name: string, text: string): void {
  mkdirSync(dirname(join(disk.path, name)), { recursive: true })
  writeFileSync(join(disk.path, name), text, { mode: 0o600 })
}

function configure(minFreeMegabytes: number): void {
  const { host, port, username, password = '', fingerprint } = sandbox
  put('secret', password)
  put(
    'flatgate.yaml',
    `server: { host: ${host}, port: ${port}, username: ${username}, password: "\${file:secret}", hostKey: "${fingerprint}" }\n` +
      `pickUp: { settleSeconds: 0.01, lookEverySeconds: 0.1, minFreeMegabytes: ${minFreeMegabytes} }\n` +
      'flows: { users: { object: users }, out: { object: suppliers, direction: export, after: delete } }\n',
  )
}

const run = (...words: string[]): Promise<CliResult> => runCli(words, { folder: disk.path })
const incoming = (): readonly string[] => readdirSync(join(sandbox.root, 'Incoming/Users'))

/** Everything that has arrived, row by row. */
function arrived(): readonly string[] {
  return incoming().flatMap((name) => {
    const [, ...rows] = readFileSync(join(sandbox.root, 'Incoming/Users', name), 'utf8')
      .trimEnd()
      .split('\r\n')
    return rows
  })
}

if (!isPossible) {
  // Said, not skipped: whoever reads the results must know what was not proved here.
  it('a full disk cannot be proved here: this machine does not let us mount one (root on Linux is needed)', () => {
    expect(isPossible).toBe(false)
  })
} else {
  describe('a full disk', () => {
    it('fault 4: stops the taking in before anything is touched, names the disk, and goes on when there is room', async () => {
      configure(2)
      await run('status')
      put('inbound/users/hr.csv', users('a'))
      disk.fillUpTo(1_500_000)
      const { exit, err } = await run('run')
      expect(exit).toBe(3)
      expect(err.join('\n')).toMatch(
        new RegExp(`DISK_FULL: .*path=${join(disk.path, '.flatgate')} file=hr\\.csv freeMegabytes=1 neededMegabytes=3`),
      )
      expect(err.join('\n')).toMatch(/→ free space on the disk of the named path/)
      expect(readdirSync(join(disk.path, 'inbound/users'))).toContain('hr.csv')
      expect(readdirSync(join(disk.path, '.flatgate'))).not.toContain('store')

      disk.free()
      expect((await run('run')).exit).toBe(0)
      expect(arrived()).toHaveLength(ROWS)
    })

    it('stops the sending of a copy in the same way', async () => {
      configure(2)
      await run('status')
      folder.write('hr.csv', users('a'))
      disk.fillUpTo(1_500_000)
      const { exit, err } = await run('send', folder.at('hr.csv'))
      expect({ exit, err: err.join('\n') }).toEqual({ exit: 3, err: expect.stringMatching(/DISK_FULL/) })
      expect(jsonOf(await run('history', '--json'))).toMatchObject({ files: [] })
    })

    it('fault 4: loses nothing and sends nothing twice wherever it strikes, and work goes on by itself', async () => {
      // No margin: the disk is really full, at another step each time.
      configure(0)
      await run('status')
      const sent: string[] = []
      for (const [nth, freeBytes] of [0, 40_000, 200_000, 360_000, 500_000, 700_000, 900_000].entries()) {
        put(`inbound/users/${nth}.csv`, users(`u${nth}-`))
        disk.fillUpTo(freeBytes)
        // A process of its own: what it could not give back is free when it has ended.
        const full = await runFlatgate(['run'], { folder: disk.path })
        // Held up or done, never broken: a fault of flatgate itself would be 70.
        expect([0, 3, 4]).toContain(full.exit)
        disk.free()
        const again = await run('run')
        expect({ freeBytes, exit: again.exit }).toEqual({ freeBytes, exit: 0 })
        sent.push(`u${nth}-`)
        expect({ freeBytes, rows: arrived().length }).toEqual({ freeBytes, rows: ROWS * sent.length })
        expect(new Set(arrived()).size).toBe(ROWS * sent.length)
        await sandbox.loader.cycle()
        for (const name of incoming()) throw new Error(`${name} was not taken`)
        sent.length = 0
      }
      expect(await run('ledger', 'check')).toMatchObject({ exit: 0 })
    }, 240_000)

    it('fault 4: stops the fetching of an export before a byte of it, keeps it on the server, and fetches it when there is room', async () => {
      configure(2)
      await run('status')
      const outgoing = join(sandbox.root, 'Outgoing/Suppliers')
      const suppliers = (count: number): string => `"Name","Status"\r\n${'"Acme, Inc.","active"\r\n'.repeat(count)}`
      writeFileSync(join(outgoing, 'a.csv'), suppliers(1))
      expect((await run('fetch')).exit).toBe(0)
      writeFileSync(join(outgoing, 'b.csv'), suppliers(40_000))
      disk.fillUpTo(2_400_000)
      const { exit, err } = await run('fetch')
      const target = join(disk.path, 'outbound/suppliers')
      expect({ exit, err: err.join('\n') }).toEqual({
        exit: 3,
        err: expect.stringMatching(`DISK_FULL: .*path=${target} file=b\\.csv freeMegabytes=2 neededMegabytes=3`),
      })
      expect([readdirSync(join(target, '.fetching')), readdirSync(outgoing)]).toEqual([[], ['b.csv']])
      expect(jsonOf(await run('alarms', '--json'))).toMatchObject({ alarms: [{ kind: 'disk-full', flow: 'out' }] })

      disk.free()
      expect((await run('fetch')).exit).toBe(0)
      expect(readFileSync(join(target, 'b.csv'), 'utf8')).toBe(suppliers(40_000))
      expect(jsonOf(await run('alarms', '--json'))).toMatchObject({ alarms: [] })
    })

    it('acknowledges what was published although the disk is full for the next one', async () => {
      configure(0)
      await run('status')
      const outgoing = join(sandbox.root, 'Outgoing/Suppliers')
      writeFileSync(join(outgoing, 'a.csv'), '"Name","Status"\r\n"Acme","active"\r\n')
      writeFileSync(join(outgoing, 'b.csv'), `"Name","Status"\r\n${'"Acme, Inc.","active"\r\n'.repeat(250_000)}`)
      disk.fillUpTo(2_000_000)
      expect((await run('fetch')).exit).toBe(3)
      expect([readdirSync(outgoing), jsonOf(await run('history', '--json'))]).toMatchObject([
        ['b.csv'],
        { files: [{ name: 'a.csv', state: 'collected' }] },
      ])
    })

    it('does not end the service, which goes on when there is room', async () => {
      configure(0)
      const gateway = startFlatgate(['serve'], { folder: disk.path })
      try {
        await gateway.said(/"serving"/)
        put('inbound/users/hr.csv', users('s'))
        disk.fillUpTo(0)
        await gateway.said(/DISK_FULL/)
        disk.free()
        await untilThere(join(sandbox.root, 'Incoming/Users'), /\.csv$/)
        expect(arrived()).toHaveLength(ROWS)
      } finally {
        gateway.child.kill('SIGTERM')
        expect((await gateway.ended).exit).toBe(0)
      }
    }, 180_000)
  })
}
