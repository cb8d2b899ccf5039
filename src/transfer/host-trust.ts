import { readFile } from 'node:fs/promises'
import { asGatewayError, GatewayError, isCode } from '../base/index.ts'
import { describeHostKey, type HostKey } from './host-key.ts'
import { findKnownHost } from './known-hosts.ts'

/** A key that a server may show. */
export interface HostPin {
  /** `SHA256:` and base64 without padding. */
  readonly fingerprint: string
  /** `ssh-ed25519`, `ssh-rsa`, …; absent where only the fingerprint was given. */
  readonly type?: string
}

/** Which keys of a server are trusted. */
export interface HostTrust {
  readonly pins: readonly HostPin[]
  /** Fingerprints that are refused even where they are pinned. */
  readonly revoked: readonly string[]
}

/** Where the trust comes from. */
export interface TrustSources {
  readonly host: string
  readonly port: number
  readonly hostKeys?: readonly string[]
  readonly knownHostsFile?: string
}

/**
 * Collects the pins of a server.
 *
 * @throws {GatewayError} `TRANSFER_HOST_KEY_MISSING` no key is pinned: the ssh library would trust any server.
 * @throws {GatewayError} `FILE_NOT_FOUND`, `FILE_UNREADABLE` the known_hosts file.
 */
export async function loadHostTrust({ host, port, hostKeys = [], knownHostsFile }: TrustSources): Promise<HostTrust> {
  const known = knownHostsFile === undefined ? NOTHING : await readKnownHosts(knownHostsFile, { host, port })
  const listed = known.trusted.map(({ fingerprint, type }): HostPin => ({ fingerprint, type }))
  const pins = [...hostKeys.filter((text) => text.trim() !== '').map(parsePin), ...listed]
  if (pins.length === 0) {
    const file = knownHostsFile === undefined ? {} : { knownHostsFile }
    throw new GatewayError('TRANSFER_HOST_KEY_MISSING', { host, port, ...file })
  }
  return { pins, revoked: known.revoked.map(({ fingerprint }) => fingerprint) }
}

/** Whether a server that shows this key is the right one. */
export function isTrusted({ pins, revoked }: HostTrust, { fingerprint }: Pick<HostKey, 'fingerprint'>): boolean {
  return !revoked.includes(fingerprint) && pins.some((pin) => pin.fingerprint === fingerprint)
}

const NOTHING = { trusted: [], revoked: [] as readonly HostKey[] } as const

async function readKnownHosts(path: string, server: { host: string; port: number }) {
  const known = findKnownHost(await readText(path), server)
  const [line] = known.unreadableRevocations
  if (line === undefined) return known
  throw new GatewayError('FILE_UNREADABLE', { path, line, reason: 'a key that is marked as revoked cannot be read' })
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path }, { cause })
    throw asGatewayError(cause, path)
  }
}

/**
 * Reads a pin: `SHA256:…`, `ssh-rsa SHA256:…`, or a whole public key as a line of `ssh-keygen` or `ssh-keyscan` has it.
 * Padding, which some tools print, is left out.
 */
function parsePin(text: string): HostPin {
  const [first = '', second] = text.trim().split(/\s+/)
  if (second === undefined || first.startsWith('SHA256:')) return { fingerprint: withoutPadding(first) }
  if (second.startsWith('SHA256:')) return { type: first, fingerprint: withoutPadding(second) }
  const key = Buffer.from(second, 'base64')
  if (key.length <= 4) return { fingerprint: second }
  const { fingerprint, type } = describeHostKey(key)
  return { fingerprint, type }
}

function withoutPadding(fingerprint: string): string {
  return fingerprint.replace(/=+$/, '')
}
