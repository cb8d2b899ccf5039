import { createHash } from 'node:crypto'

/** A host key as people compare it. */
export interface HostKey {
  /** `SHA256:` and base64 without padding, as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly type: string
  /** The key itself, in base64: what a line of known_hosts holds. */
  readonly publicKey: string
}

/** Reads a public key as it goes over the wire. Source: RFC 4253, 6.6: it starts with its type as a string. */
export function describeHostKey(key: Buffer): HostKey {
  const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '')
  return {
    fingerprint: `SHA256:${digest}`,
    type: key.toString('latin1', 4, 4 + key.readUInt32BE(0)),
    publicKey: key.toString('base64'),
  }
}
