import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../seeded/random.ts'
import type { Sighting } from '../support/invariants.ts'
import { loginsOf } from '../support/users-csv.ts'

/** One Incoming folder as its receiver treats it: files that end in `.csv` are moved to an archive, in name order. */
export interface Receiver {
  /** What was taken, in that order, as it was at that moment. */
  readonly arrivals: readonly Sighting[]
  /** Contents by path, in the order in which they were seen first. */
  readonly sightings: readonly Sighting[]
  /** Notes what lies there, and takes the first of it: all, one or none. */
  cycle(): void
  /** Takes all. */
  takeAll(): void
  /** Files that are another now than when they were taken. */
  changedSince(): readonly string[]
}

/** Makes a receiver. It works without a pause between reading a file and moving it, so that nobody can get between. */
export function createReceiver(folder: string, archives: readonly string[], random: Random): Receiver {
  const arrivals: (Sighting & { readonly archive: string })[] = []
  const sightings: Sighting[] = []
  const known = new Set<string>()

  function look(): readonly Sighting[] {
    const names = readdirSync(folder).filter((name) => name.endsWith('.csv'))
    return names.toSorted().map((name) => {
      const path = join(folder, name)
      const bytes = readFileSync(path)
      const sighting = { path, sha256: sha256Of(bytes), keys: loginsOf(bytes.toString()) }
      const mark = `${path} ${sighting.sha256}`
      if (!known.has(mark)) sightings.push(sighting)
      known.add(mark)
      return sighting
    })
  }

  function take(most: number): void {
    for (const sighting of look().slice(0, most)) {
      const archive = join(random.pick(archives), sighting.path.slice(folder.length + 1))
      renameSync(sighting.path, archive)
      arrivals.push({ ...sighting, archive })
    }
  }

  return {
    arrivals,
    sightings,
    cycle: () => take(random.pick([0, 1, 1, 3, Number.POSITIVE_INFINITY])),
    takeAll: () => take(Number.POSITIVE_INFINITY),
    changedSince: () =>
      arrivals
        .filter(({ archive, sha256 }) => !existsSync(archive) || sha256Of(readFileSync(archive)) !== sha256)
        .map(({ path }) => path),
  }
}

/** SHA-256 in lower-case hex. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
