import { createHmac } from 'node:crypto'
import { matchesWildcard } from '../base/index.ts'
import { describeHostKey, type HostKey } from './host-key.ts'

/** What a known_hosts text says of one server. */
export interface KnownHost {
  readonly trusted: readonly HostKey[]
  /** Never to be accepted, whoever else trusts them. */
  readonly revoked: readonly HostKey[]
  /** Lines, from 1, that mark some key as revoked and cannot be read: nobody can tell whose. */
  readonly unreadableRevocations: readonly number[]
}

/**
 * Finds the keys of a server in the text of a known_hosts file: plain, hashed, `[host]:port`, lists, wildcards, negations.
 *
 * An entry without a port is for port 22 only. Lines of certification authorities are passed over, because certificates
 * of hosts are not supported; so are lines that cannot be read, which can only lead to a refusal.
 *
 * Source: OpenSSH, sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT".
 */
export function findKnownHost(text: string, { host, port }: { host: string; port: number }): KnownHost {
  const name = host.toLowerCase()
  const wanted = port === 22 ? name : `[${name}]:${port}`
  const trusted: HostKey[] = []
  const revoked: HostKey[] = []
  const unreadableRevocations: number[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const entry = parseLine(line)
    if (entry === undefined || entry.marker === '@cert-authority') continue
    const key = readKey(entry)
    if (entry.marker === '@revoked') {
      if (key === undefined) unreadableRevocations.push(index + 1)
      else if (isNamed(entry.hosts, wanted)) revoked.push(key)
    } else if (entry.marker === undefined && key !== undefined && isNamed(entry.hosts, wanted)) trusted.push(key)
  }
  return { trusted, revoked, unreadableRevocations }
}

interface Line {
  readonly marker: string | undefined
  readonly hosts: string
  readonly type: string
  readonly key: string
}

function parseLine(line: string): Line | undefined {
  const fields = line.trim().split(/[ \t]+/)
  const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined
  const [hosts = '', type = '', key = ''] = fields
  return hosts === '' && marker === undefined
    ? undefined
    : hosts.startsWith('#')
      ? undefined
      : { marker, hosts, type, key }
}

/** The type stands before the key and in it; where they differ the line is not to be trusted. */
function readKey({ type, key }: Line): HostKey | undefined {
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length < 4 || bytes.length < 4 + bytes.readUInt32BE(0)) return undefined
  const found = describeHostKey(bytes)
  return found.type === type ? found : undefined
}

function isNamed(hosts: string, wanted: string): boolean {
  if (hosts.startsWith('|')) return isHashOf(hosts, wanted)
  let isMatch = false
  for (const text of hosts.toLowerCase().split(',')) {
    const isNegated = text.startsWith('!')
    if (!matchesWildcard(isNegated ? text.slice(1) : text, wanted)) continue
    if (isNegated) return false
    isMatch = true
  }
  return isMatch
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt, both in base64. */
function isHashOf(text: string, wanted: string): boolean {
  const [, version, salt = '', hash = ''] = text.split('|')
  if (version !== '1') return false
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(wanted).digest('base64') === hash
}
