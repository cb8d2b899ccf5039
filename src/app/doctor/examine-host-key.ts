import { GatewayError } from '../../base/index.ts'
import {
  type HostTrust,
  isTrusted,
  loadHostTrust,
  probeHostKey,
  probeHostKeys,
  type TrustSources,
} from '../../transfer/index.ts'
import type { ServerDoor } from '../server-door.ts'
import { type DoctorCheck, failedCheck, tryCheck } from './doctor-check.ts'

/** Looks whether the server shows a pinned key. No user name and no credential is sent. */
export async function examineHostKey(door: Pick<ServerDoor, 'within'>, sources: TrustSources): Promise<DoctorCheck> {
  const { host, port } = sources
  const trust = await tryCheck(
    'host key',
    () => trustOrNone(sources),
    () => '',
  )
  if (trust.value === undefined) return trust.check
  const pinned = trust.value
  const look = door.within(async () => {
    const first = await probeHostKey({ host, port })
    // A server that prefers another key may have the pinned one too.
    const keys = isTrusted(pinned, first) ? [first] : await probeHostKeys({ host, port })
    return { keys, close: async () => undefined }
  })
  const probe = await tryCheck(
    'host key',
    async () => {
      const { keys, close } = await look()
      await close()
      return keys
    },
    (keys) => keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', '),
  )
  if (probe.value === undefined) return probe.check
  const right = probe.value.find((key) => isTrusted(pinned, key))
  if (right !== undefined) {
    return { name: 'host key', result: 'ok', detail: `${right.type} ${right.fingerprint} is pinned` }
  }
  const found = probe.value.map(({ fingerprint }) => fingerprint)
  if (pinned.pins.length > 0) {
    const expected = pinned.pins.map((pin) => pin.fingerprint).join(' or ')
    return failedCheck(
      'host key',
      new GatewayError('TRANSFER_HOST_KEY', { host, port, expected, found: found.join(', ') }),
    )
  }
  return {
    ...probe.check,
    result: 'failed',
    detail: `${probe.check.detail} is not pinned`,
    next: `compare it with what the operator of the server told you, then run \`flatgate doctor --trust\`, or write  hostKey: "${found[0]}"  under server`,
    error: new GatewayError('TRANSFER_HOST_KEY_MISSING', { host, port }),
  }
}

async function trustOrNone(sources: TrustSources): Promise<HostTrust> {
  try {
    return await loadHostTrust(sources)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'TRANSFER_HOST_KEY_MISSING') return { pins: [], revoked: [] }
    throw error
  }
}
