import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'
import { ensureDebianPackages } from '../../scripts/test-setup.ts'
import { runFlatgate } from '../support/real-process.ts'
import { useSandboxGateway } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const BIN = fileURLToPath(new URL('../../bin/flatgate.cjs', import.meta.url))

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

const KEYS = { enter: '\r', down: '\u001b[B', controlC: '\u0003', escape: '\u001b' } as const

/** Runs `flatgate doctor --trust` on a terminal and presses keys once it asks. */
async function press(...keys: (keyof typeof KEYS)[]): Promise<{ readonly exit: number; readonly screen: string }> {
  ensureDebianPackages(['bsdutils'])
  const command = `stty cols 140; exec '${process.execPath}' '${BIN}' doctor --trust`
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], { cwd: folder.path, stdio: 'pipe' })
  child = terminal
  let screen = ''
  terminal.stdin.on('error', () => terminal.stdin.destroy())
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    const didAsk = screen.includes('●')
    screen += text
    if (!didAsk && screen.includes('●')) terminal.stdin.write(keys.map((key) => KEYS[key]).join(''))
  })
  const [exit] = (await once(terminal, 'close')) as [number]
  return { exit, screen }
}

function configureWithoutPin(): void {
  const text = readFileSync(gateway.configure('  users: { object: users }\n'), 'utf8')
  folder.write('flatgate.yaml', text.replace(/^ {2}hostKey.*\n/m, ''))
}

describe('flatgate doctor --trust on a terminal', () => {
  it.each([
    ['only presses Enter', ['enter']],
    ['presses Ctrl-C', ['controlC']],
    ['presses Escape', ['escape']],
    ['breaks off on a key', ['down', 'controlC']],
  ] as const)(
    'pins nothing where the person %s',
    async (_title, keys) => {
      configureWithoutPin()
      const { exit, screen } = await press(...keys)
      expect(screen).toContain(gateway.sandbox.fingerprint)
      expect({ exit, screen }).toEqual({ exit: 2, screen: expect.stringContaining('Nothing was pinned.') })
      expect(existsSync(folder.at('known_hosts'))).toBe(false)
      // No login is tried without a pin.
      expect((await runFlatgate(['doctor'], { folder: folder.path })).exit).toBe(2)
    },
    60_000,
  )

  it('pins the key that the person chooses, so that every command trusts it from then on', async () => {
    configureWithoutPin()
    const { exit, screen } = await press('down', 'enter')
    expect({ exit, screen }).toEqual({
      exit: 0,
      screen: expect.stringContaining(`${gateway.sandbox.fingerprint} is pinned in`),
    })
    expect(readFileSync(folder.at('known_hosts'), 'utf8')).toMatch(/^\[127\.0\.0\.1\]:\d+ ssh-ed25519 /)
    expect((await runFlatgate(['doctor'], { folder: folder.path })).exit).toBe(0)
  }, 60_000)
})
