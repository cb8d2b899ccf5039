import { createHash, timingSafeEqual } from 'node:crypto'
import ssh2, { type AuthContext, type ParsedKey } from 'ssh2'
import { GatewayError } from '../base/index.ts'

/** Somebody who may log in, with a password, with keys, or with either. */
export interface SandboxUser {
  readonly username: string
  readonly password?: string
  /** Lines of an `authorized_keys` file: `ssh-ed25519 AAAA… name`. */
  readonly publicKeys?: readonly string[]
}

/** Whether an attempt to log in is a right one. */
export type CheckLogin = (attempt: AuthContext) => boolean

/**
 * Knows the users of a server.
 *
 * @throws {GatewayError} `USAGE` a public key cannot be read.
 */
export function createLoginCheck(users: readonly SandboxUser[]): CheckLogin {
  const known = new Map(
    users.map(({ username, password, publicKeys = [] }) => [username, { password, keys: publicKeys.map(readKey) }]),
  )
  return (attempt) => {
    const user = known.get(attempt.username)
    if (attempt.method === 'password') {
      // The comparison is made for unknown users too, so that the answer takes as long.
      const isRight = isSame(attempt.password, user?.password ?? '')
      return isRight && user?.password !== undefined
    }
    if (attempt.method !== 'publickey') return false
    const key = user?.keys.find((one) => isSame(one.getPublicSSH(), attempt.key.data))
    if (!key) return false
    // Without a signature the client only asks whether the key would do.
    if (!attempt.signature || !attempt.blob) return true
    // The library answers with an error object where the signature cannot be read.
    const verdict: unknown = key.verify(attempt.blob, attempt.signature, attempt.hashAlgo)
    return verdict === true
  }
}

function readKey(line: string): ParsedKey {
  const key = ssh2.utils.parseKey(line)
  if (key instanceof Error) throw new GatewayError('USAGE', { argument: 'public key' }, { cause: key })
  return key
}

function isSame(one: string | Buffer, other: string | Buffer): boolean {
  // Digests have one length, which the comparison needs.
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())
}
