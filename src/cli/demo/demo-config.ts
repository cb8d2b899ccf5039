import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Sandbox } from '../../sandbox/index.ts'

/** Writes the configuration of a gateway for a sandbox; the password lies in a file of its own. @returns Its path. */
export function writeSandboxConfig(folder: string, sandbox: Sandbox, objects: readonly string[]): string {
  const path = join(folder, 'flatgate.yaml')
  writeFileSync(join(folder, 'sandbox-password'), sandbox.password ?? '', { mode: 0o600 })
  const flows = Object.fromEntries(objects.map((object) => [object, { object }]))
  const config = {
    timeZone: 'UTC',
    server: {
      host: sandbox.host,
      port: sandbox.port,
      username: sandbox.username,
      password: '${file:sandbox-password}',
      hostKey: sandbox.fingerprint,
    },
    coupa: { customFields: { users: [{ name: 'Cost Center', type: 'string', length: 20 }] } },
    pickUp: { settleSeconds: 1 },
    flows: { ...flows, 'suppliers-out': { direction: 'export', object: 'suppliers', after: 'delete' } },
  }
  writeFileSync(path, stringify(config))
  return path
}
