import { GatewayError } from '../base/index.ts'
import type { KnownServer, Ledger } from '../ledger/index.ts'
import type { HostTrust } from '../transfer/index.ts'

/** A ledger belongs to one configuration, which has one server. */
const NAME = 'server'

/** The server as the configuration has it now. */
export interface ConfiguredServer {
  readonly label: string
  readonly trust: Pick<HostTrust, 'pins'>
}

/** The server that this ledger belongs to; `undefined` before the first login. */
export function findKnownServer(ledger: Pick<Ledger, 'findServer'>): Promise<KnownServer | undefined> {
  return ledger.findServer(NAME)
}

/**
 * Ends where the configuration names another server than the one that this ledger belongs to: another user, host or port,
 * or pinned keys without the one that was met. What was prepared for the one must not go to the other.
 *
 * Asks nobody. While an operator changes the key, both are pinned, and it is the same server.
 *
 * @throws {GatewayError} `SERVER_CHANGED` with both servers and their keys.
 */
export function refuseOtherServer(known: KnownServer | undefined, { label, trust }: ConfiguredServer): void {
  if (known === undefined) return
  const pins = trust.pins.map(({ fingerprint }) => fingerprint)
  if (known.label === label && pins.includes(known.fingerprint)) return
  throw new GatewayError('SERVER_CHANGED', {
    known: known.label,
    knownKey: known.fingerprint,
    configured: label,
    configuredKey: pins.join(' or '),
    since: known.seenAt.toISOString(),
  })
}

/**
 * Writes down the server that showed a key. Where the known one is still pinned too, the ledger follows to the new key,
 * so that the old one can be taken out of the configuration afterwards.
 *
 * @throws {GatewayError} `SERVER_CHANGED` another process met another server meanwhile.
 */
export async function rememberKnownServer(
  ledger: Ledger,
  configured: ConfiguredServer,
  { fingerprint, seenAt }: { readonly fingerprint: string; readonly seenAt: Date },
): Promise<void> {
  const { label } = configured
  const before = await findKnownServer(ledger)
  if (before?.label === label && before.fingerprint === fingerprint) return
  await ledger.write(async (writer) => {
    refuseOtherServer(await writer.findServer(NAME), configured)
    await writer.forgetServer(NAME)
    await writer.rememberServer({ name: NAME, label, fingerprint, seenAt })
  })
}

/** Makes the next server that is met the one that this ledger belongs to: only a person may say so. */
export function forgetKnownServer(ledger: Ledger): Promise<void> {
  return ledger.write((writer) => writer.forgetServer(NAME))
}
