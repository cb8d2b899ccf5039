import { GatewayError } from '../base/index.ts'
import { hostKeyAlgorithms } from './host-key-algorithms.ts'
import type { HostTrust } from './host-trust.ts'
import { isOutOfKeys } from './sftp-errors.ts'
import type { ResolvedSftpOptions } from './sftp-options.ts'
import { openSftpSession, type SftpSession } from './sftp-session.ts'

/**
 * Opens a session with a server that has one of the pinned keys, whichever it would show by itself: the types of the
 * pins are asked for first. Of a pin that is only a fingerprint the type is not known, so the server is asked for its
 * other keys one after another. No credential is sent before a key is found right.
 *
 * @throws {GatewayError} As `openSftpSession` does; `TRANSFER_HOST_KEY` names the key that the server showed first.
 */
export async function openTrustedSession(options: ResolvedSftpOptions, trust: HostTrust): Promise<SftpSession> {
  const types = trust.pins.flatMap(({ type }) => type ?? [])
  const isEveryTypeKnown = types.length === trust.pins.length
  const shown: string[] = []
  let refusal: unknown
  for (;;) {
    try {
      return await openSftpSession(options, { trust, algorithms: hostKeyAlgorithms(types, shown) })
    } catch (error) {
      const type = refusedType(error)
      if (type === undefined) throw refusal !== undefined && isOutOfKeys(error) ? refusal : error
      refusal ??= error
      // A server that shows what it was not asked for again would be asked for ever.
      if (isEveryTypeKnown || shown.includes(type)) throw refusal
      shown.push(type)
      if (hostKeyAlgorithms(types, shown).length === 0) throw refusal
    }
  }
}

function refusedType(error: unknown): string | undefined {
  if (!(error instanceof GatewayError) || error.code !== 'TRANSFER_HOST_KEY') return undefined
  const type = error.details['type']
  return typeof type === 'string' ? type : undefined
}
