import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createLimit, GatewayError } from '../../src/base/index.ts'
import { createMemoryDisk, createMemoryStore, type MemoryDisk, type RemoteStore } from '../../src/transfer/index.ts'
import type { Sighting } from '../support/invariants.ts'
import type { ManualClock } from '../support/manual-clock.ts'
import { loginsOf } from '../support/users-csv.ts'
import { sha256Of } from '../torture/receiver.ts'

/** Two flows put their files into the first of these folders, one into the second. */
export const INCOMING_FOLDERS = ['/Incoming/Users', '/Incoming/Employees'] as const

/** Both documented spellings, for a folder of Incoming. */
export function archivesOf(incoming: string): readonly [string, string] {
  const name = incoming.slice('/Incoming/'.length)
  return [`/Incoming/Archive/${name}`, `/Archive/Incoming/${name}`]
}

/**
 * How the server treats the next calls: refuses them, is silent until the client gives up, or serves them and loses the
 * answer; or the receiver takes each upload at once, puts it into no archive, and the answer is lost.
 */
export type Mood = 'refusing' | 'silent' | 'losing' | 'vanishing'

/** A server in memory with its receiver, who remembers everything. */
export interface SimServer {
  readonly disk: MemoryDisk
  readonly arrivals: readonly Sighting[]
  readonly sightings: readonly Sighting[]
  /** Most sessions that were open at one time. */
  mostSessions(): number
  open(): Promise<RemoteStore>
  setMood(mood: Mood, calls: number): void
  /** Takes what lies in Incoming, in name order: all of it, or the first file of a folder. */
  receive(what: 'all' | 'one', archive: 0 | 1): void
  /** The receiver takes a file and puts it into no archive that anybody sees. */
  takeUnseen(which: number): void
  /** Sessions of a process that was killed end with it. */
  hangUp(stores: Iterable<RemoteStore>): Promise<void>
}

/** Fewer than a file has parts, so that some wait for others. */
const UPLOADS_AT_ONCE = 2

/** How long a silent server is waited for. */
const SILENCE_MS = 30_000

/** Makes a server with the folders of Incoming and of both archives. */
export function createSimServer(clock: ManualClock): SimServer {
  const disk = createMemoryDisk(INCOMING_FOLDERS.flatMap((folder) => [folder, ...archivesOf(folder)]))
  const arrivals: Sighting[] = []
  const sightings: Sighting[] = []
  const known = new Map<string, Uint8Array>()
  const mood: { kind: Mood; calls: number } = { kind: 'refusing', calls: 0 }
  let sessions = 0
  let mostSessions = 0

  const sightingOf = (path: string, bytes: Uint8Array): Sighting => {
    return { path, sha256: sha256Of(bytes), keys: loginsOf(Buffer.from(bytes).toString()) }
  }

  /** New names stand at the end of the disk, in the order in which they were given. */
  function look(): readonly string[] {
    const lying = [...disk.files.keys()].filter((path) => isIncoming(path))
    for (const path of lying) {
      const bytes = disk.files.get(path) ?? new Uint8Array()
      if (known.get(path) === bytes) continue
      known.set(path, bytes)
      sightings.push(sightingOf(path, bytes))
    }
    return lying.toSorted()
  }

  async function call<T>(path: string, isOrder: boolean, work: () => Promise<T>): Promise<T> {
    const failure = new GatewayError('TRANSFER_FAILED', { path })
    const isIll = mood.calls > 0
    if (isIll) mood.calls -= 1
    if (isIll && mood.kind === 'silent') await clock.sleep(SILENCE_MS)
    if (isIll && (mood.kind === 'refusing' || mood.kind === 'silent')) throw failure
    const result = await work()
    look()
    if (isIll && mood.kind === 'vanishing') {
      if (!isIncoming(path) || !disk.files.has(path)) return result
      takeUnseen(path)
    }
    if (isIll) throw isOrder ? new GatewayError('TRANSFER_OUTCOME_UNKNOWN', { path }) : failure
    return result
  }

  function takeUnseen(path: string): void {
    arrivals.push(sightingOf(path, disk.files.get(path) ?? new Uint8Array()))
    disk.files.delete(path)
  }

  function session(): RemoteStore {
    const store = createMemoryStore(disk, 'memory://simulated')
    const inTurn = createLimit(UPLOADS_AT_ONCE)
    let isOpen = true
    sessions += 1
    mostSessions = Math.max(mostSessions, sessions)
    return {
      label: store.label,
      list: (folder) => call(folder, false, () => store.list(folder)),
      listFolders: (folder) => call(folder, false, () => store.listFolders(folder)),
      stat: (path) => call(path, false, () => store.stat(path)),
      async remove(path) {
        // A round trip: whatever is asked for meanwhile is ahead.
        await setImmediate()
        await call(path, false, () => store.remove(path))
      },
      move: (from, to) => call(to, true, () => store.move(from, to)),
      publish: (path, body, options) => inTurn(() => call(path, true, () => store.publish(path, body, options))),
      read: (path) => store.read(path),
      async close() {
        if (isOpen) sessions -= 1
        isOpen = false
        await store.close()
      },
    }
  }

  return {
    disk,
    arrivals,
    sightings,
    mostSessions: () => mostSessions,
    open: async () => session(),
    setMood(kind, calls) {
      mood.kind = kind
      mood.calls = calls
    },
    receive(what, archive) {
      const lying = look()
      for (const path of what === 'all' ? lying : lying.slice(0, 1)) {
        const bytes = disk.files.get(path) ?? new Uint8Array()
        arrivals.push(sightingOf(path, bytes))
        const folder = dirname(path)
        disk.files.set(archivesOf(folder)[archive] + path.slice(folder.length), bytes)
        disk.files.delete(path)
      }
    },
    takeUnseen(which) {
      const lying = look()
      const path = lying[which % Math.max(lying.length, 1)]
      if (path !== undefined) takeUnseen(path)
    },
    async hangUp(stores) {
      for (const store of stores) await store.close()
    },
  }
}

function isIncoming(path: string): boolean {
  return path.endsWith('.csv') && INCOMING_FOLDERS.some((folder) => dirname(path) === folder)
}
