import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createIdMaker, type Log, silentLog } from '../../src/base/index.ts'
import {
  type ContentStore,
  createContentStore,
  createDelivery,
  createDropFolder,
  type Delivery,
  type DeliveryTools,
  type ImportFlow,
} from '../../src/delivery/index.ts'
import { type FileRecord, type Ledger, openLedger, type PartRecord } from '../../src/ledger/index.ts'
import { loadSchema, selectSchema } from '../../src/schema/index.ts'
import {
  type Connection,
  createConnection,
  createMemoryDisk,
  createMemoryStore,
  type MemoryDisk,
  type OpenRemoteStore,
} from '../../src/transfer/index.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

export const INCOMING = '/Incoming/Users'
export const ARCHIVE = '/Incoming/Archive/Users'
export const OTHER_ARCHIVE = '/Archive/Incoming/Users'

const MEMORY = '/dev/shm'

/** Long enough in the bench's flows for a dropped file to be stable. */
export const SETTLE_MS = 5000

/** What a bench may be told to do otherwise. */
export interface BenchOptions {
  readonly flow?: Partial<ImportFlow>
  readonly openStore?: OpenRemoteStore
  readonly log?: Log
  /** Lie in memory where the machine allows it, for tests that open many. Nothing is proved about flushing there. */
  readonly isInMemory?: boolean
}

/** Everything that one delivery works on, on a disk, a ledger and a server of its own. */
export interface DeliveryBench {
  readonly folder: string
  readonly flow: ImportFlow
  readonly clock: ManualClock
  readonly ledger: Ledger
  readonly disk: MemoryDisk
  readonly contents: ContentStore
  readonly tools: DeliveryTools
  /** A delivery as after a restart, with parts of its tools exchanged. */
  restart(change?: Partial<DeliveryTools>, flow?: ImportFlow): Delivery
  drop(name: string, content: string | Uint8Array): string
  /** Two looks of a delivery, far enough apart. */
  takeIn(delivery: Delivery): Promise<readonly FileRecord[]>
  /** Texts that lie in a remote folder, by name. */
  remote(folder?: string): Readonly<Record<string, string>>
  /** What the receiver does: moves everything from Incoming to its archive. */
  receive(archive?: string): void
  /** Names that the receiver took, each time that it took one. */
  readonly arrivals: readonly string[]
  files(): Promise<readonly FileRecord[]>
  parts(fileId?: string): Promise<readonly PartRecord[]>
  /** Names in a folder of the drop folder, sorted. */
  names(folder?: string): readonly string[]
  text(path: string): string
  close(): Promise<void>
}

/** Opens a bench for users. Whoever opened it closes it, which removes everything. */
export async function openDeliveryBench(options: BenchOptions = {}): Promise<DeliveryBench> {
  const folder = mkdtempSync(join(options.isInMemory && existsSync(MEMORY) ? MEMORY : tmpdir(), 'flatgate-delivery-'))
  const clock = createManualClock()
  // The pauses of the ledger are none of the time that the tests tell.
  const pauses = { sleep: async () => undefined }
  const ledger = await openLedger(join(folder, 'state', 'ledger.sqlite'), { clock: pauses })
  const disk = createMemoryDisk([INCOMING, ARCHIVE, OTHER_ARCHIVE])
  const newId = createIdMaker(() => clock.now().getTime())
  const contents = createContentStore(join(folder, 'state', 'store'), newId)
  const openStore = options.openStore ?? (async () => createMemoryStore(disk))
  const connection: Connection = createConnection('memory://test', openStore)
  const arrivals: string[] = []
  const flow = usersFlow(join(folder, 'inbound'), options.flow)
  const tools: DeliveryTools = { ledger, contents, connection, clock, newId, log: options.log ?? silentLog }
  mkdirSync(flow.dropFolder, { recursive: true })

  return {
    folder,
    flow,
    clock,
    ledger,
    disk,
    contents,
    tools,
    arrivals,
    restart: (change = {}, other = flow) =>
      createDelivery({ ...tools, ...change }, other, createDropFolder(other.dropFolder, SETTLE_MS, clock)),
    drop(name, content) {
      const path = join(flow.dropFolder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    },
    async takeIn(delivery) {
      const first = await delivery.takeIn()
      clock.advance(SETTLE_MS)
      const second = await delivery.takeIn()
      const failure = first.failure ?? second.failure
      if (failure) throw failure
      return [...first.files, ...second.files]
    },
    remote(remoteFolder = INCOMING) {
      const found = [...disk.files.keys()].filter((path) => dirname(path) === remoteFolder).sort()
      const textOf = (path: string): string => Buffer.from(disk.files.get(path) ?? []).toString()
      return Object.fromEntries(found.map((path) => [path.slice(remoteFolder.length + 1), textOf(path)]))
    },
    receive(archive = ARCHIVE) {
      for (const [path, bytes] of new Map(disk.files)) {
        if (dirname(path) !== INCOMING || !path.endsWith('.csv')) continue
        disk.files.set(archive + path.slice(INCOMING.length), bytes)
        disk.files.delete(path)
        arrivals.push(path.slice(INCOMING.length + 1))
      }
    },
    files: async () => (await ledger.findFiles({ limit: 1000 })).toReversed(),
    async parts(fileId) {
      const ids =
        fileId === undefined ? (await ledger.findFiles({ limit: 1000 })).toReversed().map(({ id }) => id) : [fileId]
      return (await Promise.all(ids.map((id) => ledger.partsOf(id)))).flat()
    },
    names(inner = '.') {
      const path = join(flow.dropFolder, inner)
      if (!existsSync(path)) return []
      return readdirSync(path)
        .filter((name) => inner !== '.' || !statSync(join(path, name)).isDirectory())
        .sort()
    },
    text: (path) => readFileSync(join(flow.dropFolder, path), 'utf8'),
    async close() {
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A flow of users as the configuration would resolve it. */
export function usersFlow(dropFolder: string, change: Partial<ImportFlow> = {}): ImportFlow {
  return {
    name: 'users',
    schema: selectSchema(loadSchema('users', 'import')),
    dropFolder,
    remoteFolder: INCOMING,
    archiveFolders: [ARCHIVE, OTHER_ARCHIVE],
    filePrefix: 'users',
    lineEnd: '\r\n',
    limits: { rows: 5000, bytes: 8_000_000 },
    ignoredRules: [],
    repeats: 'check',
    takenWithinMinutes: 60,
    vanishedAfterMinutes: 30,
    ...change,
  }
}
