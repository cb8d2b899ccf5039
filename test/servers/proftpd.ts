import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensureDebianPackages, findProgram } from '../../scripts/test-setup.ts'
import { findFreePort } from './free-port.ts'
import { fingerprintOf, makeKey } from './ssh-keys.ts'

/** A ProFTPD with mod_sftp of our own: no service of the machine, and no user of it either. */
export interface ProftpdServer {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string
  /** Text of the private key that may log in. */
  readonly privateKey: string
  /** Of the two host keys, as `ssh-keygen -lf` prints them. */
  readonly fingerprints: { readonly ed25519: string; readonly rsa: string }
  /** A folder that the user may write to, the same path here and there. */
  readonly root: string
  /** Makes a folder that the user owns. */
  makeFolder(path: string): void
  stop(): Promise<void>
}

/** Debian's `nobody`. Where the tests do not run as root, the server cannot change its user. */
const isRoot = process.getuid?.() === 0
const { uid, gid } = isRoot ? { uid: 65_534, gid: 65_534 } : userInfo()

const USERNAME = 'acme'

/** Starts ProFTPD on a free port of this machine. @throws {Error} Names what is missing. */
export async function startProftpd(): Promise<ProftpdServer> {
  ensureDebianPackages(['proftpd-core', 'proftpd-mod-crypto', 'openssl'])
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-proftpd-'))
  chmodSync(folder, 0o755)
  const root = join(folder, 'root')
  makeOwnFolder(root)
  makeKey(join(folder, 'host-ed25519'))
  makeKey(join(folder, 'host-rsa'), 'rsa')
  makeKey(join(folder, 'client'))
  const password = randomBytes(12).toString('hex')
  writePasswords(folder, password)
  // mod_sftp reads keys in the form of RFC 4716 only.
  const authorized = execFileSync('ssh-keygen', ['-e', '-f', join(folder, 'client.pub')])
  writeFileSync(join(folder, 'authorized'), authorized)
  const port = await findFreePort()
  writeFileSync(join(folder, 'proftpd.conf'), configOf(folder, port))
  const daemon = await startDaemon(join(folder, 'proftpd.conf'))
  return {
    host: '127.0.0.1',
    port,
    username: USERNAME,
    password,
    privateKey: readFileSync(join(folder, 'client'), 'utf8'),
    fingerprints: {
      ed25519: fingerprintOf(join(folder, 'host-ed25519.pub')),
      rsa: fingerprintOf(join(folder, 'host-rsa.pub')),
    },
    root,
    makeFolder: makeOwnFolder,
    async stop() {
      const hasEnded = once(daemon, 'exit')
      daemon.kill()
      await hasEnded
      rmSync(folder, { recursive: true })
    },
  }
}

function makeOwnFolder(path: string): void {
  mkdirSync(path)
  chownSync(path, uid, gid)
}

/** In the form of passwd(5). The server refuses a file that others may read. */
function writePasswords(folder: string, password: string): void {
  const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: password, encoding: 'utf8' }).trim()
  const line = [USERNAME, hash, uid, gid, '', folder, '/bin/sh'].join(':')
  writeFileSync(join(folder, 'passwd'), `${line}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'group'), `acme:x:${gid}:\n`, { mode: 0o600 })
}

/** Source: http://www.proftpd.org/docs/contrib/mod_sftp.html */
function configOf(folder: string, port: number): string {
  return [
    'ModulePath /usr/lib/proftpd',
    'LoadModule mod_sftp.c',
    'ServerName flatgate-test',
    'ServerType standalone',
    'DefaultAddress 127.0.0.1',
    'SocketBindTight on',
    'UseIPv6 off',
    `Port ${port}`,
    ...(isRoot ? ['User nobody', 'Group nogroup'] : []),
    `PidFile ${join(folder, 'proftpd.pid')}`,
    `ScoreboardFile ${join(folder, 'scoreboard')}`,
    'DelayEngine off',
    'TransferLog none',
    'WtmpLog off',
    'MaxInstances 100',
    'UseFtpUsers off',
    'RequireValidShell off',
    'AuthOrder mod_auth_file.c',
    `AuthUserFile ${join(folder, 'passwd')}`,
    `AuthGroupFile ${join(folder, 'group')}`,
    'Umask 022',
    'AllowOverwrite off',
    'SFTPEngine on',
    `SFTPLog ${join(folder, 'sftp.log')}`,
    `SFTPHostKey ${join(folder, 'host-ed25519')}`,
    `SFTPHostKey ${join(folder, 'host-rsa')}`,
    'SFTPAuthMethods password publickey',
    `SFTPAuthorizedUserKeys file:${join(folder, 'authorized')}`,
    '',
  ].join('\n')
}

/** Resolves when the server says that it has started. */
async function startDaemon(config: string): Promise<ChildProcess> {
  const daemon = spawn(findProgram('proftpd') ?? 'proftpd', ['--nodaemon', '--config', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  for await (const line of createInterface({ input: daemon.stderr })) {
    said.push(line)
    if (!line.includes('standalone mode') || !line.includes('STARTUP')) continue
    // What it says later is of no interest, but a full pipe would stop it.
    daemon.stderr.resume()
    return daemon
  }
  throw new Error(`proftpd did not start:\n${said.join('\n')}`)
}
