import { loadSchema } from '../../schema/index.ts'
import { NameList } from './name-list.ts'

/**
 * The names of the records that the files of one run hold. Files are linted one after the other, those that others
 * refer to first, and each leaves the names of its records here.
 */
export interface RunNames {
  /** Whether a file of another object in the run refers to records of this one. */
  isNamed(object: string): boolean
  /** The list that the file at hand adds its names to. */
  collect(object: string, id: string): NameList
  /**
   * The list of an object, once every one of its files has been read and each had the column; else nothing is known. It may
   * be cut.
   */
  find(object: string, id: string): NameList | undefined
  /** The list to which the file at hand has added the last names, if it is whole with it. */
  findWithOwn(object: string, id: string): NameList | undefined
  /** Says that a file of an object has been read; `isLost`: not as records, so that names of it are missing. */
  endFile(object: string, isLost: boolean): void
  /** Begins the same run again, knowing the names of objects that were read ahead. */
  beginAgain(ahead: ReadonlySet<string>): void
}

interface Entry {
  readonly list: NameList
  /** Files that had the column. */
  files: number
}

/**
 * Makes the lists of a run, empty.
 *
 * @param objects The object of each file of the run; one that has several files is there as often.
 * @param maxNames Names of one list.
 */
export function createRunNames(objects: readonly string[], maxNames?: number): RunNames {
  const total = new Map<string, number>()
  for (const object of objects) total.set(object, (total.get(object) ?? 0) + 1)
  const named = new Set([...total.keys()].flatMap((object) => namedBy(object).filter((other) => other !== object)))
  const entries = new Map<string, Entry>()
  const done = new Map<string, number>()
  const lost = new Set<string>()
  const readAhead = new Set<string>()
  /** Lists that the file at hand has added to. */
  const open = new Set<Entry>()

  function entryOf(object: string, id: string): Entry {
    const key = `${object}\n${id}`
    const known = entries.get(key) ?? { list: new NameList(maxNames), files: 0 }
    entries.set(key, known)
    return known
  }

  function found(object: string, id: string, own: number): NameList | undefined {
    const entry = entries.get(`${object}\n${id}`)
    if (!entry || lost.has(object)) return undefined
    const wanted = total.get(object) ?? 0
    if (readAhead.has(object)) return entry.files >= wanted ? entry.list : undefined
    const isWhole = (done.get(object) ?? 0) + own === wanted && entry.files + (open.has(entry) ? own : 0) === wanted
    return isWhole ? entry.list : undefined
  }

  return {
    isNamed: (object) => named.has(object),
    collect(object, id) {
      const entry = entryOf(object, id)
      open.add(entry)
      return entry.list
    },
    find: (object, id) => found(object, id, 0),
    findWithOwn: (object, id) => found(object, id, 1),
    endFile(object, isLost) {
      done.set(object, (done.get(object) ?? 0) + 1)
      for (const entry of open) entry.files += 1
      open.clear()
      if (isLost) lost.add(object)
    },
    beginAgain(ahead) {
      done.clear()
      for (const object of ahead) readAhead.add(object)
    },
  }
}

/** Objects that records of one refer to. */
function namedBy(object: string): readonly string[] {
  const { records } = loadSchema(object, 'import')
  return records.flatMap(({ columns }) => columns.flatMap(({ references }) => references?.object ?? []))
}
