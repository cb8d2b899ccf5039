import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createLoader, type Loader } from '../../src/sandbox/index.ts'
import { systemClock } from '../../src/base/index.ts'
import type { Random } from '../seeded/random.ts'
import { canUsePassword, type OpenSshServer, startOpenSsh } from '../servers/openssh.ts'
import { type CountingRelay, startCountingRelay } from './counting-relay.ts'
import { createReceiver, type Receiver } from './receiver.ts'

/** The folders of one torture: a gateway's own, and those of its server. */
export interface TorturePlace {
  /** Where flatgate runs. */
  readonly folder: string
  readonly dropFolders: readonly string[]
  readonly outgoing: string
  readonly outgoingArchive: string
  readonly published: string
  readonly relay: CountingRelay
  /** Takes what two flows put into one folder. */
  readonly receiver: Receiver
  /** The sandbox's loader, which takes what the third flow sends and loads it row by row. */
  readonly loader: Loader
  readonly coupaIncoming: string
  /** Everything on the server that must hold no name of passage in the end. */
  readonly serverFolders: readonly string[]
  /** What no log may tell. */
  readonly secrets: readonly string[]
  clear(): Promise<void>
}

/** Rows of one part: small, so that files are cut. */
const PART_ROWS = 20

/** Starts an OpenSSH server with a relay in front of it, and writes the configuration of a gateway with four flows. */
export async function openTorturePlace(random: Random): Promise<TorturePlace> {
  const server = await startOpenSsh()
  const relay = await startCountingRelay(server)
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-torture-'))
  const at = (path: string): string => {
    makeServerFolder(server, join(server.root, path))
    return join(server.root, path)
  }
  const incoming = at('plain/Incoming/Users')
  const archives = [at('plain/Incoming/Archive/Users'), at('plain/Archive/Incoming/Users')]
  const coupa = at('coupa')
  const coupaIncoming = at('coupa/Incoming/Users')
  const coupaArchive = at('coupa/Incoming/Archive/Users')
  const outgoing = at('Outgoing/Users')
  const outgoingArchive = at('Archive/Outgoing/Users')
  writeFileSync(join(folder, 'key'), server.privateKey, { mode: 0o600 })
  const list = (paths: readonly string[]): string => `[${paths.map((path) => `"${path}"`).join(', ')}]`
  writeFileSync(
    join(folder, 'flatgate.yaml'),
    `server: { host: ${server.host}, port: ${relay.port}, username: ${server.username}, hostKey: "${server.fingerprint}", privateKey: "\${file:key}" }\n` +
      `coupa: { maxRows: ${PART_ROWS} }\n` +
      'pickUp: { settleSeconds: 0.05, lookEverySeconds: 0.05, askEverySeconds: 0.3 }\n' +
      'flows:\n' +
      `  hr: { object: users, from: inbound/hr, to: "${incoming}", archives: ${list(archives)} }\n` +
      `  it: { object: users, from: inbound/it, to: "${incoming}", archives: ${list(archives)} }\n` +
      `  erp: { object: users, from: inbound/erp, to: "${coupaIncoming}", archives: ["${coupaArchive}"] }\n` +
      `  out: { direction: export, object: users, from: "${outgoing}", to: outbound/users, after: archive, archive: "${outgoingArchive}", schedule: "* * * * *" }\n`,
  )
  const loader = createLoader({ root: coupa, stateFolder: join(folder, 'coupa-state'), clock: systemClock })
  return {
    folder,
    dropFolders: ['hr', 'it', 'erp'].map((flow) => join(folder, 'inbound', flow)),
    outgoing,
    outgoingArchive,
    published: join(folder, 'outbound', 'users'),
    relay,
    receiver: createReceiver(incoming, archives, random),
    loader,
    coupaIncoming,
    serverFolders: [incoming, ...archives, coupaIncoming, coupaArchive, outgoing, outgoingArchive],
    secrets: server.privateKey.split('\n').filter((line) => line.length > 40),
    async clear() {
      await relay.stop()
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** With the folders above it; all belong to the user of the server. */
function makeServerFolder(server: OpenSshServer, path: string): void {
  mkdirSync(path, { recursive: true })
  if (!canUsePassword) return
  for (let made = path; made !== server.root; made = dirname(made)) {
    execFileSync('chown', [server.username, made])
  }
}
