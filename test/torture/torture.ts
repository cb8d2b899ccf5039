import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkLedger } from '../../src/ledger/index.ts'
import { createRandom } from '../seeded/random.ts'
import { brokenPromises, type Sighting } from '../support/invariants.ts'
import { runFlatgate, startFlatgate } from '../support/real-process.ts'
import { loginsOf } from '../support/users-csv.ts'
import { createDropper, type Dropper } from './dropper.ts'
import { killRound } from './kill-round.ts'
import { filesIn, readState, type TortureState } from './torture-state.ts'
import { openTorturePlace, type TorturePlace } from './torture-place.ts'
import { sha256Of } from './receiver.ts'

/** How long and with which numbers to torture. */
export interface TortureOptions {
  readonly seed: number
  /** Rounds; in each, one to three processes are killed. */
  readonly rounds: number
  /** Told after each round. */
  readonly onRound?: (round: number, kills: number) => void
}

/** What a torture came to. */
export interface TortureReport {
  readonly seed: number
  readonly kills: number
  readonly cuts: number
  readonly seconds: number
  readonly droppedFiles: number
  readonly goodRows: number
  readonly arrivedFiles: number
  readonly arrivedRows: number
  /** Parts and files that waited for a person, each with its reason. */
  readonly held: readonly string[]
  readonly publishedExports: number
  readonly mostConnections: number
  /** How many processes were killed right behind which message of their log. */
  readonly killedBehind: Readonly<Record<string, number>>
  /** What of the promise was broken; empty where all of it held. */
  readonly breaches: readonly string[]
}

/** House: managed SFTP services take so many sessions of one account; the gateway must never have more. */
const CONNECTION_BUDGET = 5

/** House: each run finishes what an earlier one left; so many of them without an end mean that something hangs. */
const MOST_SETTLING_RUNS = 15

/**
 * Runs the real program against a real OpenSSH server and kills it again and again while files are dropped, taken and
 * exported and connections break; then lets it come to rest and counts at the receiver.
 */
export async function torture({ seed, rounds, onRound }: TortureOptions): Promise<TortureReport> {
  const startedMs = Date.now()
  // Each of those who act has numbers of its own: how fast the machine is changes none of them.
  const random = createRandom(seed)
  const place = await openTorturePlace(createRandom(seed + 1))
  try {
    const coupa = watchCoupa(place)
    const dropper = createDropper(createRandom(seed + 2))
    const acts = createRandom(seed + 3)
    const breaches: string[] = []
    const said: string[] = []
    const killedBehind: Record<string, number> = {}
    let kills = 0
    let cuts = 0
    const actors = [
      setInterval(() => dropWhereFew(place, dropper, acts.pick(place.dropFolders)), 100),
      setInterval(() => exportWhereFew(place, dropper), 400),
      setInterval(() => place.receiver.cycle(), 90),
      setInterval(() => void coupa.cycle(), 150),
      setInterval(() => (cuts += acts.chance(0.02) ? place.relay.cut() : 0), 50),
    ]
    try {
      for (let round = 1; round <= rounds; round += 1) {
        const result = await killRound(place.folder, random)
        kills += result.kills
        said.push(...result.said)
        breaches.push(...result.breaches)
        for (const word of result.lastWords) killedBehind[word] = (killedBehind[word] ?? 0) + 1
        onRound?.(round, kills)
      }
    } finally {
      for (const actor of actors) clearInterval(actor)
    }
    const { state, held } = await settle(place, coupa, said)
    breaches.push(...(await judge(place, coupa, { state, held, said, dropper })))
    const arrivals = [...place.receiver.arrivals, ...coupa.arrivals]
    return {
      seed,
      kills,
      cuts,
      seconds: Math.round((Date.now() - startedMs) / 1000),
      droppedFiles: dropper.inputs.length,
      goodRows: dropper.inputs.flatMap(({ keys }) => keys).length,
      arrivedFiles: arrivals.length,
      arrivedRows: arrivals.flatMap(({ keys }) => keys).length,
      held,
      publishedExports: publishedNames(place).length,
      mostConnections: place.relay.most(),
      killedBehind,
      breaches,
    }
  } finally {
    await place.clear()
  }
}

/** Killed gateways get little done: what lies there must not pile up beyond what the rest of the time can settle. */
function dropWhereFew(place: TorturePlace, dropper: Dropper, folder: string): void {
  const lying = place.dropFolders.flatMap((one) => filesIn(one))
  if (lying.length < 8) dropper.drop(folder)
}

function exportWhereFew({ outgoing }: TorturePlace, dropper: Dropper): void {
  if (filesIn(outgoing).length < 3) dropper.export(outgoing)
}

/** The sandbox's loader, with a look at what it is about to take. */
interface Coupa {
  cycle(): Promise<void>
  readonly arrivals: readonly Sighting[]
  readonly sightings: readonly Sighting[]
}

function watchCoupa({ loader, coupaIncoming }: TorturePlace): Coupa {
  const arrivals: Sighting[] = []
  const sightings: Sighting[] = []
  const seen = new Set<string>()
  const archive = join(coupaIncoming, '..', 'Archive', 'Users')
  const sightingOf = (name: string, folder: string): Sighting => {
    const bytes = readFileSync(join(folder, name))
    return { path: join(coupaIncoming, name), sha256: sha256Of(bytes), keys: loginsOf(bytes.toString()) }
  }
  const note = (sighting: Sighting): void => {
    const mark = `${sighting.path} ${sighting.sha256}`
    if (!seen.has(mark)) sightings.push(sighting)
    seen.add(mark)
  }
  return {
    arrivals,
    sightings,
    async cycle() {
      for (const name of readdirSync(coupaIncoming).toSorted())
        if (name.endsWith('.csv')) note(sightingOf(name, coupaIncoming))
      for (const { fileFileName } of await loader.cycle()) {
        const arrival = sightingOf(fileFileName.replace(/^_Incoming_Users_/, ''), archive)
        note(arrival)
        arrivals.push(arrival)
      }
    },
  }
}

/**
 * Runs without kills until nothing is on its way any more. What is held is released by a person, as flatgate asks; as
 * this receiver archives whatever it takes, nothing may arrive twice by that.
 */
async function settle(
  place: TorturePlace,
  coupa: Coupa,
  said: string[],
): Promise<{ state: TortureState; held: readonly string[] }> {
  const held = new Set<string>()
  for (let run = 1; ; run += 1) {
    const { out, err } = await runFlatgate(['run', '--verbose'], { folder: place.folder })
    said.push(out, err)
    place.receiver.takeAll()
    await coupa.cycle()
    const state = await readState(place)
    const waiting = [
      ...state.parts.filter(({ state: word }) => word === 'held' || word === 'vanished'),
      // A file whose judging was killed three times.
      ...state.files.filter(
        ({ id, state: word }) => word === 'held' && !state.parts.some(({ fileId }) => fileId === id),
      ),
    ]
    if ((state.isAtRest && waiting.length === 0) || run === MOST_SETTLING_RUNS) return { state, held: [...held] }
    for (const item of waiting) {
      held.add(`${item.name}: ${'evidence' in item ? item.evidence : 'could not be judged in three attempts'}`)
      await runFlatgate(['hold', 'release', item.id, '--yes'], { folder: place.folder })
    }
  }
}

/** Everything that is to be true in the end. */
async function judge(
  place: TorturePlace,
  coupa: Coupa,
  found: { state: TortureState; held: readonly string[]; said: string[]; dropper: Dropper },
): Promise<readonly string[]> {
  const { said, dropper } = found
  const again = await runFlatgate(['run', '--verbose'], { folder: place.folder })
  const state = await readState(place)
  const breaches = [
    ...brokenPromises({
      inputs: dropper.inputs,
      files: state.files,
      parts: state.parts,
      arrivals: [...place.receiver.arrivals, ...coupa.arrivals],
      sightings: [...place.receiver.sightings, ...coupa.sightings],
      releasedParts: new Map(found.held.map((text) => [text.slice(0, text.indexOf(':')), 1])),
      keysOnPurpose: new Map(),
      keysLeftOut: new Set(),
      leftovers: state.leftovers,
      said: [...said, again.out, again.err, ...state.reports],
      secrets: place.secrets,
      connections: { most: place.relay.most(), budget: CONNECTION_BUDGET },
      pendingTimers: (await endsWhenTold(place.folder)) ? 0 : 1,
      rerun: { before: found.state.everything, after: state.everything },
    }),
    ...place.receiver.changedSince().map((path) => `P2: ${path} changed after it was taken`),
    ...state.stillLying.map((path) => `P1: ${path} still lies where it was dropped`),
    ...(await checkLedger(join(place.folder, '.flatgate', 'ledger.sqlite'))).findings.map(
      ({ code, message }) => `ledger: ${code}: ${message}`,
    ),
  ]
  for (const { fileFileName, status, uploadErrorsCount, recordsUpdated } of place.loader.loads()) {
    if (status !== 'done' || uploadErrorsCount > 0) breaches.push(`P2: the loader could not load ${fileFileName} whole`)
    if (recordsUpdated > 0) breaches.push(`P3: ${fileFileName} held ${recordsUpdated} rows that were loaded before`)
  }
  return [...breaches, ...exportBreaches(place, dropper.exports)]
}

/** Each export is published once, whole, and acknowledged. */
function exportBreaches(place: TorturePlace, exports: ReadonlyMap<string, string>): readonly string[] {
  const breaches: string[] = []
  const names = publishedNames(place)
  for (const [name, text] of exports) {
    const own = names.filter((candidate) => candidate.startsWith(name.replace('.csv', '.')))
    if (own.length !== 1) breaches.push(`export ${name} is published ${own.length} times`)
    else if (readFileSync(join(place.published, own[0] ?? ''), 'utf8') !== text)
      breaches.push(`export ${name} is published with other bytes`)
    if (existsSync(join(place.outgoing, name))) breaches.push(`export ${name} was not acknowledged`)
    if (!existsSync(join(place.outgoingArchive, name))) breaches.push(`export ${name} is not in the archive`)
  }
  return breaches
}

function publishedNames({ published }: TorturePlace): readonly string[] {
  return existsSync(published) ? readdirSync(published).filter((name) => name.endsWith('.csv')) : []
}

/** I9: a timer that is still set would keep the process alive. */
async function endsWhenTold(folder: string): Promise<boolean> {
  const gateway = startFlatgate(['serve'], { folder })
  await gateway.said(/"serving"/)
  gateway.child.kill('SIGTERM')
  return (await gateway.ended).exit === 0
}
