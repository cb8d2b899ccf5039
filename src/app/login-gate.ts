import { randomBytes, scrypt } from 'node:crypto'
import { type Clock, GatewayError } from '../base/index.ts'
import type { Ledger, LoginRefusal } from '../ledger/index.ts'
import type { Secrets } from './config/secrets.ts'

/** Keeps every process from trying a login again that the server refused: some servers lock an account after a few. */
export interface LoginGate {
  /**
   * Whether these credentials may be tried: none was refused, or others were.
   *
   * @throws {GatewayError} `LOGIN_BARRED` they were refused before; the server was not asked.
   */
  pass(secrets: Secrets): Promise<void>
  /**
   * Writes down that the server refused them.
   *
   * @returns The refusal; with `unrecorded` where the ledger could not be written, so that only this process knows.
   */
  close(secrets: Secrets, refusal: GatewayError): Promise<GatewayError>
  /** A login succeeded: what was refused before is forgotten. */
  open(): Promise<void>
}

/** What the gate to one server is made with. */
export interface LoginGateTools {
  readonly ledger: Pick<Ledger, 'findLoginRefusal' | 'write'>
  readonly clock: Pick<Clock, 'now'>
  /** Of the server: user, host and port. Another user is another gate. */
  readonly label: string
}

const SALT_BYTES = 16
const FINGERPRINT_BYTES = 32

/**
 * A guess at a password from the ledger, or a copy of it, costs as much as from a list of passwords that is kept well:
 * 32 MiB and three rounds. It is made once for each refusal that a process meets.
 *
 * Source: OWASP Password Storage Cheat Sheet, scrypt.
 */
const SCRYPT_COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

/** The gate to one server. It stands in the ledger, so that it holds for all processes and after a restart. */
export function createLoginGate({ ledger, clock, label }: LoginGateTools): LoginGate {
  /** The last answer; a serving process asks at every look. */
  let known: { readonly salt: string; readonly text: string; readonly fingerprint: string } | undefined

  async function fingerprintOf(secrets: Secrets, salt: string): Promise<string> {
    const text = JSON.stringify([secrets.password, secrets.privateKey, secrets.passphrase])
    if (known?.salt === salt && known.text === text) return known.fingerprint
    const fingerprint = await deriveSlowly(text, salt)
    known = { salt, text, fingerprint }
    return fingerprint
  }

  return {
    async pass(secrets) {
      const refusal = await ledger.findLoginRefusal(label)
      if (refusal === undefined || (await fingerprintOf(secrets, refusal.salt)) !== refusal.fingerprint) return
      throw new GatewayError('LOGIN_BARRED', { label, refusedAt: refusal.refusedAt.toISOString() })
    },
    async close(secrets, refusal) {
      const salt = randomBytes(SALT_BYTES).toString('hex')
      const record: LoginRefusal = {
        server: label,
        salt,
        fingerprint: await fingerprintOf(secrets, salt),
        refusedAt: clock.now(),
      }
      try {
        await ledger.write((writer) => writer.rememberLoginRefusal(record))
        return refusal
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
        const { details, cause } = refusal
        return new GatewayError('TRANSFER_AUTH', { ...details, unrecorded: error.code }, { cause })
      }
    },
    async open() {
      if ((await ledger.findLoginRefusal(label)) === undefined) return
      await ledger.write((writer) => writer.forgetLoginRefusal(label))
    },
  }
}

function deriveSlowly(text: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'hex'), FINGERPRINT_BYTES, SCRYPT_COST, (error, key) => {
      if (error) reject(error)
      else resolve(key.toString('hex'))
    })
  })
}
