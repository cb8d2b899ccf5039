import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import AdmZip from 'adm-zip'
import { type Clock, createIdMaker, type Log, type LogFacts, silentLog } from '../../src/base/index.ts'
import { createContentStore, type ImportFlow } from '../../src/delivery/index.ts'
import { PART_ENDS } from '../../src/ledger/end-states.ts'
import { type FileRecord, openLedger, type PartRecord, type PartState } from '../../src/ledger/index.ts'
import { createRandom } from '../seeded/random.ts'
import { usersFlow } from '../support/delivery-bench.ts'
import { brokenPromises, type Evidence, INVARIANTS } from '../support/invariants.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { loginsOf, usersCsv } from '../support/users-csv.ts'
import { sha256Of } from '../torture/receiver.ts'
import { BUDGET, createSimGateway, type Disturbance, type SimGateway, type SimParts } from './sim-gateway.ts'
import { createSimOperator, type SimInput, type SimOperator } from './sim-operator.ts'
import { archivesOf, createSimServer, INCOMING_FOLDERS, type SimServer } from './sim-server.ts'

/** Names of the flows; the first two share a remote folder. */
export const FLOWS = ['hr', 'it', 'erp'] as const
export type FlowName = (typeof FLOWS)[number]

/** Kinds of files that are dropped. */
export type DropKind = 'good' | 'broken' | 'archive' | 'header only'

/** Everything: gateways, server, receiver, operator and whoever drops, on one clock that is moved by hand. */
export interface SimWorld {
  readonly server: SimServer
  readonly gateways: readonly [SimGateway, SimGateway]
  drop(flow: FlowName, kind: DropKind, rows: number): void
  /** The content of an earlier file, in the same flow. */
  dropAgain(which: number): void
  /** A pass of a flow, behind a first look at what lies in its folder. */
  pass(gateway: 0 | 1, flow: FlowName, disturbance?: Disturbance): Promise<void>
  /** A person. */
  readonly operator: SimOperator
  fillDisk(calls: number): void
  advance(ms: number): void
  /** What holds at any moment, not only in the end. */
  checkNow(): Promise<readonly string[]>
  /** Lets everything come to rest, and checks all ten. */
  checkAtRest(): Promise<readonly string[]>
  close(): Promise<void>
}

const SETTLE_MS = 5000
/** Longer than any left-over is kept, from the time of this machine's files. */
const LONG_MS = 4 * 24 * 3_600_000
const SECRET = 'correct horse battery'
const MEMORY = '/dev/shm'

/** Opens a world. Whoever opened it closes it, which removes everything. */
export async function openSimWorld(): Promise<SimWorld> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'flatgate-simulation-'))
  const clock = createManualClock()
  const ledger = await openLedger(join(folder, 'state', 'ledger.sqlite'), { clock: { sleep: async () => undefined } })
  const said: string[] = []
  const sleepers = new Set<number>()
  const server = createSimServer(clock)
  const random = createRandom(7)
  const newId = createIdMaker(
    () => clock.now().getTime(),
    (size) => Uint8Array.from({ length: size }, () => random.below(256)),
  )
  const flows: readonly ImportFlow[] = FLOWS.map((name) => {
    const remoteFolder = name === 'erp' ? INCOMING_FOLDERS[1] : INCOMING_FOLDERS[0]
    const archiveFolders = archivesOf(remoteFolder)
    const limits = { rows: 2, bytes: 8_000_000 }
    return usersFlow(join(folder, 'inbound', name), { name, remoteFolder, archiveFolders, limits })
  })
  for (const { dropFolder } of flows) mkdirSync(dropFolder, { recursive: true })
  const parts: SimParts = {
    flows,
    ledger,
    contents: createContentStore(join(folder, 'state', 'store'), newId),
    server,
    clock,
    renewalClock: withLongSleeps(clock, sleepers),
    newId,
    log: listeningLog(said),
    settleMs: SETTLE_MS,
    fullDisk: { calls: 0 },
  }
  const gateways = [createSimGateway(parts), createSimGateway(parts)] as const
  const desk = createSimGateway(parts)
  const inputs: SimInput[] = []
  const operator = createSimOperator({
    gateway: desk,
    flows,
    ledger,
    contents: parts.contents,
    inputs,
    folder: join(folder, 'elsewhere'),
  })
  let rowsSoFar = 0
  let drops = 0

  /** As it was at the last check. */
  let watch = { held: new Set<string>(), seen: 0 }

  /** P4: what is held now and was held before must not have been overtaken in between, by whatever flow. */
  function overtaken({ parts, sightings }: Evidence): readonly string[] {
    const paths = parts.map(({ remotePath }) => remotePath)
    const held = heldOf(parts).filter((path) => watch.held.has(path))
    return sightings
      .slice(watch.seen)
      .flatMap(({ path }) =>
        held
          .filter((earlier) => dirname(earlier) === dirname(path) && paths.indexOf(earlier) < paths.indexOf(path))
          .map((earlier) => `I5: ${path} overtook ${earlier}, which is held`),
      )
  }

  function put(flow: string, name: string, content: string | Buffer, keys: readonly string[]): void {
    drops += 1
    const unique = `${String(drops).padStart(4, '0')}-${name}`
    const path = join(folder, 'inbound', flow, unique)
    writeFileSync(path, content)
    // Times that are the same in each run, and tell which was dropped first.
    utimesSync(path, drops, drops)
    inputs.push({ name: unique, sha256: sha256Of(content), keys, flow, content })
  }

  function users(rows: number, isGood = true): { text: string; keys: readonly string[] } {
    const text = usersCsv(rows, rowsSoFar + 1)
    rowsSoFar += rows
    return isGood ? { text, keys: loginsOf(text) } : { text: text.replace('"active"', '"actve"'), keys: [] }
  }

  const allParts = (): Promise<readonly PartRecord[]> => ledger.partsInState(Object.keys(PART_ENDS) as PartState[])
  const allFiles = async (): Promise<readonly FileRecord[]> => (await ledger.findFiles({ limit: 100_000 })).toReversed()

  async function everything(): Promise<string> {
    const files = await allFiles()
    const events = await Promise.all(files.map(({ id }) => ledger.eventsOf(id)))
    return JSON.stringify([
      files,
      await allParts(),
      events,
      treeOf(join(folder, 'inbound')),
      [...server.disk.files.keys()],
    ])
  }

  function evidence(found: Pick<Evidence, 'files' | 'parts' | 'rerun' | 'leftovers'>): Evidence {
    const reports = treeOf(join(folder, 'inbound')).filter((path) => path.endsWith('.report.txt'))
    return {
      ...found,
      inputs,
      arrivals: server.arrivals,
      sightings: server.sightings,
      releasedParts: operator.releasedParts,
      keysOnPurpose: operator.keysOnPurpose,
      keysLeftOut: operator.keysLeftOut,
      said: [...said, ...reports.map((path) => readFileSync(path, 'utf8'))],
      secrets: [SECRET],
      connections: { most: server.mostSessions(), budget: BUDGET },
      pendingTimers: sleepers.size,
    }
  }

  const isAtRest = async (): Promise<boolean> =>
    (await allFiles()).every(({ state }) => !['accepted', 'prepared', 'placed', 'held'].includes(state)) &&
    flows.every(({ dropFolder }) => [...filesIn(dropFolder), ...filesIn(join(dropFolder, '.claimed'))].length === 0)

  async function settle(): Promise<void> {
    parts.fullDisk.calls = 0
    server.setMood('refusing', 0)
    for (let turn = 0; turn < 30 && !(await isAtRest()); turn += 1) {
      clock.advance(10 * 60_000)
      for (const { name } of flows) await gateways[0].pass(name)
      server.receive('all', (turn % 2) as 0 | 1)
      await operator.decide(0, 'release')
    }
    // Files carry the time of this machine, which may be far ahead of the simulated one.
    clock.advance(Math.max(Date.now() - clock.now().getTime(), 0) + LONG_MS)
    for (const { name } of flows) await gateways[0].pass(name)
  }

  return {
    server,
    gateways,
    operator,
    drop(flow, kind, rows) {
      if (kind === 'archive') {
        const zip = new AdmZip()
        const [good, bad] = [users(rows), users(1, false)]
        zip.addFile('good.csv', Buffer.from(good.text))
        zip.addFile('bad.csv', Buffer.from(bad.text))
        return put(flow, 'some.zip', zip.toBuffer(), good.keys)
      }
      // A column name of its own would be a finding; blank lines behind the header make each of these files another.
      if (kind === 'header only') return put(flow, 'empty.csv', usersCsv(0) + '\r\n'.repeat(drops + 1), [])
      const { text, keys } = users(rows, kind === 'good')
      return put(flow, `${kind}.csv`, text, keys)
    },
    dropAgain(which) {
      const earlier = inputs[which % Math.max(inputs.length, 1)]
      if (earlier === undefined) return
      const { flow, name, content, keys } = earlier
      put(flow, name.replace(/^\d{4}-/, ''), content, keys)
    },
    async pass(gateway, flow, disturbance) {
      await gateways[gateway].look(flow)
      clock.advance(SETTLE_MS)
      await gateways[gateway].pass(flow, disturbance)
    },
    fillDisk: (calls) => void (parts.fullDisk.calls = calls),
    advance: (ms) => clock.advance(ms),
    async checkNow() {
      const known = evidence({
        files: await allFiles(),
        parts: await allParts(),
        rerun: { before: '', after: '' },
        leftovers: [],
      })
      const overtaking = overtaken(known)
      watch = { held: new Set(heldOf(known.parts)), seen: known.sightings.length }
      return (['I3', 'I5', 'I8'] as const)
        .flatMap((number) => INVARIANTS[number](known).map((breach) => `${number}: ${breach}`))
        .concat(twice(known), overtaking)
    },
    async checkAtRest() {
      await settle()
      const before = await everything()
      for (const { name } of flows) await gateways[0].pass(name)
      const after = await everything()
      const leftovers = [
        ...treeOf(folder).filter((path) => /\.draft$|\/\.claimed\/|\/drafts\//.test(path)),
        ...[...server.disk.files.keys()].filter((path) => !path.endsWith('.csv')),
      ]
      const [files, found] = [await allFiles(), await allParts()]
      for (const gateway of [...gateways, desk]) await gateway.close()
      return brokenPromises(evidence({ files, parts: found, rerun: { before, after }, leftovers }))
    },
    async close() {
      for (const gateway of [...gateways, desk]) await gateway.close()
      await ledger.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const heldOf = (parts: readonly PartRecord[]): readonly string[] =>
  parts.filter(({ state }) => state === 'held').map(({ remotePath }) => remotePath)

/** Of I2, what must hold at any time: nothing arrives twice, or with other bytes. */
function twice(known: Evidence): readonly string[] {
  return INVARIANTS.I2(known)
    .filter((breach) => !breach.includes('never arrived'))
    .map((breach) => `I2: ${breach}`)
}

/** The renewals of leases sleep long beside the work; they must not make the time pass. */
function withLongSleeps(clock: Clock, sleepers: Set<number>): Clock {
  let nights = 0
  return {
    now: clock.now,
    async sleep(ms, signal) {
      if (signal === undefined || ms < 10_000) return clock.sleep(ms, signal)
      const night = (nights += 1)
      sleepers.add(night)
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      sleepers.delete(night)
      signal.throwIfAborted()
    },
  }
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

function treeOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

function listeningLog(said: string[]): Log {
  const note = (message: string, facts?: LogFacts): void => void said.push(`${message} ${JSON.stringify(facts ?? {})}`)
  const log: Log = { ...silentLog, debug: note, info: note, warn: note, error: note, with: () => log }
  return log
}
