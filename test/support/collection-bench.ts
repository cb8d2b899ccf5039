import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createIdMaker, type Log, type LogFacts, silentLog } from '../../src/base/index.ts'
import {
  type Collecting,
  type Collection,
  type CollectionTools,
  createCollection,
  type ExportFlow,
} from '../../src/collection/index.ts'
import { type FileRecord, type Ledger, openLedger } from '../../src/ledger/index.ts'
import { loadSchema, selectSchema } from '../../src/schema/index.ts'
import {
  createConnection,
  createMemoryDisk,
  createMemoryStore,
  type MemoryDisk,
  type RemoteStore,
} from '../../src/transfer/index.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

export const OUTGOING = '/Outgoing/Users'
export const OUT_ARCHIVE = '/Archive/Outgoing/Users'

/** Everything that one collection works on. */
export interface CollectionBench {
  readonly folder: string
  readonly flow: ExportFlow
  readonly clock: ManualClock
  readonly ledger: Ledger
  readonly disk: MemoryDisk
  readonly tools: CollectionTools
  /** Warnings and errors of the log, with their facts. */
  readonly said: readonly string[]
  /** A collection as after a restart. */
  restart(change?: Partial<CollectionTools>, flow?: Partial<ExportFlow>): Collection
  collect(flow?: Partial<ExportFlow>): Promise<Collecting>
  /** Puts an export on the server; each time it is another file. */
  export(name: string, content: string | Uint8Array): void
  /** Texts in a remote folder, by name. */
  remote(folder?: string): Readonly<Record<string, string>>
  /** Texts that were published, by name. */
  published(): Readonly<Record<string, string>>
  /** Oldest first. */
  files(): Promise<readonly FileRecord[]>
  close(): Promise<void>
}

/** Opens a bench for exports of users. Whoever opened it closes it, which removes everything. */
export async function openCollectionBench(after: ExportFlow['after'] = 'archive'): Promise<CollectionBench> {
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-collection-'))
  const clock = createManualClock()
  const pauses = { sleep: async () => undefined }
  const ledger = await openLedger(join(folder, 'state', 'ledger.sqlite'), { clock: pauses })
  const disk = createMemoryDisk([OUTGOING, OUT_ARCHIVE])
  const times = new Map<Uint8Array, Date>()
  const said: string[] = []
  const tools: CollectionTools = {
    ledger,
    connection: createConnection('memory://test', async () => dated(disk, times)),
    clock,
    newId: createIdMaker(() => clock.now().getTime()),
    log: listeningLog(said),
  }
  const flow: ExportFlow = {
    name: 'users-out',
    schema: selectSchema(loadSchema('users', 'export')),
    remoteFolder: OUTGOING,
    targetFolder: join(folder, 'outbound'),
    after,
    archiveFolder: OUT_ARCHIVE,
  }
  const restart: CollectionBench['restart'] = (change = {}, other = {}) =>
    createCollection({ ...tools, ...change }, { ...flow, ...other })

  return {
    folder,
    flow,
    clock,
    ledger,
    disk,
    tools,
    said,
    restart,
    collect: (other) => restart({}, other).collect(),
    export(name, content) {
      const bytes = Uint8Array.from(Buffer.from(content))
      clock.advance(1000)
      times.set(bytes, clock.now())
      disk.files.set(`${OUTGOING}/${name}`, bytes)
    },
    remote(remoteFolder = OUTGOING) {
      const found = [...disk.files.keys()].filter((path) => dirname(path) === remoteFolder).sort()
      return Object.fromEntries(
        found.map((path) => [path.slice(remoteFolder.length + 1), Buffer.from(disk.files.get(path) ?? []).toString()]),
      )
    },
    published() {
      const entries = readdirSync(flow.targetFolder, { withFileTypes: true }).filter((entry) => entry.isFile())
      const names = entries.map(({ name }) => name).sort()
      return Object.fromEntries(names.map((name) => [name, readFileSync(join(flow.targetFolder, name), 'utf8')]))
    },
    files: async () => (await ledger.findFiles({ limit: 1000 })).toReversed(),
    async close() {
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A memory store whose files have times, as those of most servers do. */
export function dated(disk: MemoryDisk, times: ReadonlyMap<Uint8Array, Date>): RemoteStore {
  const store = createMemoryStore(disk)
  const withTime: RemoteStore['stat'] = async (path) => {
    const file = await store.stat(path)
    const modifiedAt = times.get(disk.files.get(path) ?? new Uint8Array())
    return file && { ...file, ...(modifiedAt && { modifiedAt }) }
  }
  return {
    ...store,
    stat: withTime,
    async list(folder) {
      const files = await Promise.all((await store.list(folder)).map(({ path }) => withTime(path)))
      return files.filter((file) => file !== undefined)
    },
  }
}

function listeningLog(said: string[]): Log {
  const note = (message: string, facts?: LogFacts): void => void said.push(`${message} ${JSON.stringify(facts ?? {})}`)
  const log: Log = { ...silentLog, warn: note, error: note, with: () => log }
  return log
}
