import { createHash } from 'node:crypto'

/** A host key as people compare it. */
export interface HostKey {
  /** `SHA256:` and base64 without padding, as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly type: string
}

/** Reads a public key as it goes over the wire. Source: RFC 4253, 6.6: it starts with its type as a string. */
export function describeHostKey(key: Buffer): HostKey {
  const digest = createHash('sha256').update(key).digest('base64')
  return { fingerprint: withoutPadding(`SHA256:${digest}`), type: key.toString('latin1', 4, 4 + key.readUInt32BE(0)) }
}

/** Whether one of the pins is this fingerprint. Padding, which some tools print, is ignored. */
export function isPinned(fingerprint: string, pins: readonly string[]): boolean {
  return pins.some((pin) => withoutPadding(pin.trim()) === fingerprint)
}

function withoutPadding(fingerprint: string): string {
  return fingerprint.replace(/=+$/, '')
}
