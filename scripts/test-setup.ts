import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** A program by which a package shows that it is there, or the path of a file where it brings no program. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'openssh-server': 'sshd',
  'openssh-client': 'sftp',
  bsdutils: 'script',
  jq: 'jq',
  'proftpd-core': 'proftpd',
  'proftpd-mod-crypto': '/usr/lib/proftpd/mod_sftp.so',
}

/** Where system programs lie even when PATH does not name it. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin']

/** The full path of a program, or of a file that is named by its path; `undefined` when this machine has none. */
export function findProgram(name: string): string | undefined {
  if (isAbsolute(name)) return existsSync(name) ? name : undefined
  const folders = [...(process.env['PATH'] ?? '').split(':'), ...SYSTEM_FOLDERS].filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/**
 * Installs the Debian packages that the tests need and that this machine lacks. Starts no service: a package that brings
 * a daemon is told not to.
 *
 * @throws {Error} Names what is missing and how to install it, where that cannot be done from here.
 */
export function ensureDebianPackages(packages: readonly string[]): void {
  const missing = packages.filter((name) => findProgram(PROGRAMS[name] ?? name) === undefined)
  if (missing.length === 0) return
  const isRoot = process.getuid?.() === 0
  const aptGet = findProgram('apt-get')
  if (!isRoot || aptGet === undefined) {
    const programs = missing.map((name) => PROGRAMS[name] ?? name).join(', ')
    throw new Error(
      `The tests need ${programs}, which this machine lacks. Install it, on Debian or Ubuntu with: ` +
        `sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    )
  }
  withoutServices(() => {
    const options = { stdio: ['ignore', 'inherit', 'inherit'] as const, env: APT_ENVIRONMENT }
    execFileSync(aptGet, ['update', '-q'], { ...options, stdio: [...options.stdio] })
    const install = ['install', '-y', '-q', '--no-install-recommends', ...missing]
    execFileSync(aptGet, install, { ...options, stdio: [...options.stdio] })
  })
}

const APT_ENVIRONMENT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }

const POLICY = '/usr/sbin/policy-rc.d'

/** Source: Debian, invoke-rc.d(8): a policy that answers 101 forbids every action on a service. */
function withoutServices(work: () => void): void {
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (isOurs) rmSync(POLICY)
  }
}
