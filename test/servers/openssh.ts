import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensureDebianPackages, findProgram } from '../../scripts/test-setup.ts'
import { findFreePort } from './free-port.ts'
import { fingerprintOf, makeKey } from './ssh-keys.ts'

/** A real OpenSSH server of our own: its host key, its user and its folder are made for it and go with it. */
export interface OpenSshServer {
  readonly host: string
  readonly port: number
  readonly username: string
  /** Absent where the tests do not run as root: only root can make a user. */
  readonly password?: string
  /** Text of the private key that may log in, and the file it lies in. */
  readonly privateKey: string
  readonly keyFile: string
  /** Of the key that is shown first, which is an ed25519 one, as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
  /** Of the other host key. */
  readonly rsaFingerprint: string
  /** Both public keys, each a line of `ssh-keygen`. */
  readonly publicKeys: readonly string[]
  /** What the server said since it listens, line by line; each login that was tried is one, but that without a credential. */
  readonly said: readonly string[]
  /** A folder that the user may write to, the same path here and there. */
  readonly root: string
  /** Makes a folder that the user owns. */
  makeFolder(path: string): void
  stop(): Promise<void>
}

/** Whether {@link startOpenSsh} can make a user with a password. */
export const canUsePassword = process.getuid?.() === 0

/** Starts sshd on a free port of this machine. @throws {Error} Names what is missing. */
export async function startOpenSsh(): Promise<OpenSshServer> {
  ensureDebianPackages(['openssh-server'])
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-sshd-'))
  chmodSync(folder, 0o755)
  makeKey(join(folder, 'host'))
  makeKey(join(folder, 'host-rsa'), 'rsa')
  makeKey(join(folder, 'client'))
  const root = join(folder, 'root')
  mkdirSync(root)
  const user = canUsePassword ? createUser(folder) : { username: userInfo().username }
  const own = (path: string): void => {
    if (canUsePassword) execFileSync('chown', [user.username, path])
  }
  own(root)
  const port = await findFreePort()
  writeFileSync(join(folder, 'sshd_config'), configOf(folder, port, user.username))
  const { daemon, said } = await startDaemon(join(folder, 'sshd_config'))
  return {
    host: '127.0.0.1',
    port,
    ...user,
    privateKey: readFileSync(join(folder, 'client'), 'utf8'),
    keyFile: join(folder, 'client'),
    fingerprint: fingerprintOf(join(folder, 'host.pub')),
    rsaFingerprint: fingerprintOf(join(folder, 'host-rsa.pub')),
    publicKeys: ['host.pub', 'host-rsa.pub'].map((name) => readFileSync(join(folder, name), 'utf8').trim()),
    said,
    root,
    makeFolder(path) {
      mkdirSync(path)
      own(path)
    },
    async stop() {
      const hasEnded = once(daemon, 'exit')
      daemon.kill()
      await hasEnded
      // Sessions that are still open hold the user; they end with their processes.
      if (canUsePassword) execFileSync('userdel', ['--force', user.username], { stdio: 'ignore' })
      rmSync(folder, { recursive: true })
    },
  }
}

/** A user of this machine under a name of its own, so that test files may run side by side. */
function createUser(home: string): { username: string; password: string } {
  const username = `fgt${randomBytes(5).toString('hex')}`
  const password = randomBytes(12).toString('hex')
  execFileSync('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', username], { stdio: 'ignore' })
  execFileSync('chpasswd', [], { input: `${username}:${password}\n` })
  // sshd steps down to this folder before it starts a session.
  mkdirSync('/run/sshd', { recursive: true })
  return { username, password }
}

function configOf(folder: string, port: number, username: string): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `HostKey ${join(folder, 'host-rsa')}`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, 'client.pub')}`,
    'LogLevel VERBOSE',
    'UsePAM no',
    'StrictModes no',
    `AllowUsers ${username}`,
    'Subsystem sftp internal-sftp',
    'MaxStartups 100:30:200',
    'MaxSessions 50',
    '',
  ].join('\n')
}

/** Resolves when the server says that it listens. */
async function startDaemon(config: string): Promise<{ readonly daemon: ChildProcess; readonly said: string[] }> {
  const daemon = spawn(findProgram('sshd') ?? 'sshd', ['-D', '-e', '-f', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  // Read to the end: a full pipe would stop it.
  const lines = createInterface({ input: daemon.stderr }).on('line', (line) => said.push(line))
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('Server listening on') && resolve())
    lines.on('close', () => reject(new Error(`sshd did not start:\n${said.join('\n')}`)))
  })
  return { daemon, said }
}
