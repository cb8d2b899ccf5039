import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createIdMaker, silentLog, systemClock } from '../src/base/index.ts'
import {
  createContentStore,
  createDelivery,
  createDropFolder,
  type Delivery,
  type DeliveryTools,
  type ImportFlow,
} from '../src/delivery/index.ts'
import { type Ledger, openLedger } from '../src/ledger/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { createConnection, openSftpStore } from '../src/transfer/index.ts'
import { reportPass } from './measure.ts'

/**
 * The gateway's own placing, in a process of its own.
 *
 * - `transfer-place.ts prepare <folder> <remote folder> <files> <bytes>` takes files in, up to the state `prepared`.
 * - `transfer-place.ts place <folder> <remote folder> <host> <port> <user> <key file> <fingerprint> [flush]` places them:
 *   login, upload, flush where that is said, comparison, rename, look, ledger and the reports beside the sources.
 */
const HEADER = '"Login","Status","Email","First Name","Last Name"\r\n'

function gateway(folder: string, remoteFolder: string, ledger: Ledger, connection: DeliveryTools['connection']) {
  const newId = createIdMaker()
  const contents = createContentStore(join(folder, 'state', 'store'), newId)
  const tools: DeliveryTools = { ledger, contents, connection, clock: systemClock, newId, log: silentLog }
  const flow: ImportFlow = {
    name: 'users',
    schema: selectSchema(loadSchema('users', 'import')),
    dropFolder: join(folder, 'inbound'),
    remoteFolder,
    archiveFolders: [`${remoteFolder}/Archive`],
    filePrefix: 'users',
    lineEnd: '\r\n',
    // One part for each file, however large.
    limits: { rows: 10_000_000, bytes: 1_000_000_000 },
    ignoredRules: [],
    repeats: 'check',
    takenWithinMinutes: 15,
    vanishedAfterMinutes: 10,
  }
  return createDelivery(tools, flow, createDropFolder(flow.dropFolder, 0, systemClock))
}

async function withLedger<T>(folder: string, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openLedger(join(folder, 'state', 'ledger.sqlite'), { clock: systemClock })
  try {
    return await work(ledger)
  } finally {
    await ledger.close()
  }
}

async function prepare([folder = '', remoteFolder = '', files, bytes]: readonly string[]): Promise<void> {
  const inbound = join(folder, 'inbound')
  await mkdir(inbound, { recursive: true })
  for (let file = 0; file < Number(files); file += 1) {
    await writeFile(join(inbound, `hr-${String(file).padStart(5, '0')}.csv`), usersOf(file, Number(bytes)))
  }
  await withLedger(folder, async (ledger) => {
    const none = createConnection('none', () => Promise.reject(new Error('nothing is sent while files are prepared')))
    const delivery: Delivery = gateway(folder, remoteFolder, ledger, none)
    await delivery.takeIn()
    const { files: taken, failure, look } = await delivery.takeIn()
    if (failure !== undefined) throw failure
    const ready = taken.filter(({ state }) => state === 'prepared').length
    if (ready !== Number(files)) throw new Error(`${ready} of ${files} files are prepared; ${JSON.stringify(look)}`)
  })
  await writeContents(folder)
}

/** The bytes that are sent, as files for the peers to send. */
async function writeContents(folder: string): Promise<void> {
  await mkdir(join(folder, 'parts'))
  await withLedger(folder, async (ledger) => {
    for (const { sha256, name } of await ledger.partsInState(['prepared'])) {
      await cp(join(folder, 'state', 'store', sha256.slice(0, 2), sha256), join(folder, 'parts', name))
    }
  })
}

function usersOf(file: number, bytes: number): string {
  const rows = [HEADER]
  for (let length = HEADER.length, row = 0; ; row += 1) {
    const login = `user.${file}.${row}`
    const text = `"${login}","active","${login}@example.com","Ada","Abernathy ${row}"\r\n`
    length += text.length
    if (length > bytes) return rows.join('')
    rows.push(text)
  }
}

async function place(args: readonly string[]): Promise<void> {
  const [folder = '', remoteFolder = '', host = '', port, username = '', keyFile = '', fingerprint = '', flush] = args
  const privateKey = await readFile(keyFile, 'utf8')
  const options = {
    host,
    port: Number(port),
    username,
    privateKey,
    hostKeys: [fingerprint],
    isFlushed: flush === 'flush',
  }
  await withLedger(folder, async (ledger) => {
    let ledgerMs = 0
    const write: Ledger['write'] = async (work) => {
      const startedAt = performance.now()
      try {
        return await ledger.write(work)
      } finally {
        ledgerMs += performance.now() - startedAt
      }
    }
    const connection = createConnection('bench', () => openSftpStore(options))
    const delivery = gateway(folder, remoteFolder, { ...ledger, write }, connection)
    const pass = async (): Promise<number> => {
      const { placed } = await delivery.place()
      await connection.close()
      return placed.length
    }
    await reportPass(pass, () => ({ ledgerSeconds: ledgerMs / 1000 }))
  })
}

const [mode, ...rest] = process.argv.slice(2)
await (mode === 'prepare' ? prepare(rest) : place(rest))
