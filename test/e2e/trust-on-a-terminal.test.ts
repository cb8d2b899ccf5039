import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from '@jest/globals'
import { ensureDebianPackages } from '../../scripts/test-setup.ts'
import { useSandboxGateway } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()
const gateway = useSandboxGateway(folder)
const BIN = fileURLToPath(new URL('../../bin/flatgate.cjs', import.meta.url))

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

/** Runs `flatgate doctor --trust` on a terminal and presses Enter once it asks. */
async function pressEnter(): Promise<{ readonly exit: number; readonly screen: string }> {
  ensureDebianPackages(['bsdutils'])
  const command = `stty cols 140; exec '${process.execPath}' '${BIN}' doctor --trust`
  const terminal = spawn('script', ['-qfec', command, '/dev/null'], { cwd: folder.path, stdio: 'pipe' })
  child = terminal
  let screen = ''
  terminal.stdin.on('error', () => terminal.stdin.destroy())
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    const didAsk = screen.includes('●')
    screen += text
    if (!didAsk && screen.includes('●')) terminal.stdin.write('\r')
  })
  const [exit] = (await once(terminal, 'close')) as [number]
  return { exit, screen }
}

function configureWithoutPin(): void {
  const text = readFileSync(gateway.configure('  users: { object: users }\n'), 'utf8')
  folder.write('flatgate.yaml', text.replace(/^ {2}hostKey.*\n/m, ''))
}

describe('flatgate doctor --trust on a terminal', () => {
  it('pins nothing where the person only presses Enter', async () => {
    configureWithoutPin()
    const { exit, screen } = await pressEnter()
    expect(screen).toContain(gateway.sandbox.fingerprint)
    expect({ exit, screen }).toEqual({ exit: 2, screen: expect.stringContaining('Nothing was pinned.') })
    expect(existsSync(folder.at('known_hosts'))).toBe(false)
  }, 60_000)
})
