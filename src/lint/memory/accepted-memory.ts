import { NameList } from '../names/name-list.ts'

/** A key that was taken, as a memory is filled with it. */
export interface TakenKey {
  readonly key: string
  readonly isInactive: boolean
  readonly takenAt: Date
  /** The keys of its row that Coupa looks at before this one, by column. */
  readonly earlier?: Readonly<Record<string, string>>
}

/** The newest rate of a pair that was taken. */
export interface TakenRate {
  readonly from: string
  readonly to: string
  /** `2026-11-20`. */
  readonly day: string
  readonly rate: number
}

/** What is remembered of the rows that Coupa took, as far as a file to be linted needs it. Filled before the file is read. */
export interface AcceptedMemory {
  /** Names of an object by a key or an attribute, as `nameId` calls it; `undefined`: none was ever taken. */
  find(object: string, id: string): NameList | undefined
  /** The keys that Coupa looks at first of the row that had a key when it was taken; `undefined`: not remembered. */
  earlierKeys(object: string, id: string, key: string): Readonly<Record<string, string>> | undefined
  /** Whether earlier keys of some record are not remembered, because there are too many. */
  readonly isEarlierCut: boolean
  rateOf(from: string, to: string): TakenRate | undefined
}

/** A memory that is being filled. */
export interface FillableMemory extends AcceptedMemory {
  /** Adds a key. @returns `false`: the list is full, the rest of it need not be read. */
  add(object: string, id: string, key: TakenKey): boolean
  addRate(rate: TakenRate): void
}

/** House: some 20 MB. An instance with more users than this is told which changed keys are not looked for. */
export const MAX_EARLIER = 200_000

const MS_PER_DAY = 86_400_000

/** How much a memory holds. */
export interface MemoryLimits {
  /** Keys of one kind. */
  readonly maxNames?: number
  /** Records of which the earlier keys are remembered too. */
  readonly maxEarlier?: number
}

/** Makes an empty memory. It holds 17 to 34 bytes a key, and the earlier keys of the first 200,000. */
export function createAcceptedMemory({ maxNames, maxEarlier = MAX_EARLIER }: MemoryLimits = {}): FillableMemory {
  const lists = new Map<string, NameList>()
  const earlier = new Map<string, Readonly<Record<string, string>>>()
  const rates = new Map<string, TakenRate>()
  let isEarlierCut = false
  return {
    find: (object, id) => lists.get(`${object}\n${id}`),
    earlierKeys: (object, id, key) => earlier.get(`${object}\n${id}\n${key.trim().toLowerCase()}`),
    get isEarlierCut() {
      return isEarlierCut
    },
    rateOf: (from, to) => rates.get(`${from} ${to}`),
    add(object, id, { key, isInactive, takenAt, earlier: before }) {
      const name = `${object}\n${id}`
      const list = lists.get(name) ?? new NameList(maxNames)
      lists.set(name, list)
      list.add(key, { isInactive, day: Math.floor(takenAt.getTime() / MS_PER_DAY) })
      if (before && earlier.size < maxEarlier) earlier.set(`${name}\n${key.toLowerCase()}`, before)
      else if (before) isEarlierCut = true
      return !list.isCut
    },
    addRate: (rate) => void rates.set(`${rate.from} ${rate.to}`, rate),
  }
}
