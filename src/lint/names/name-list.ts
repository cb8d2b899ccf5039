import { writeDay } from '../cells/calendar-day.ts'
import { copyText } from '../copy-text.ts'

/** Facts about a name, in one number that a table of numbers can hold. */
export interface NameFacts {
  /** The record is inactive. */
  readonly isInactive: boolean
  /** Days since 1970-01-01 on which it was taken; 0 where that is not known. */
  readonly day: number
}

/** House: 20 bytes and more a name, in tables at most seven tenths full; 1,400,000 names are more than most instances have. */
export const MAX_NAMES = 1_400_000

/** House: enough to find the one that was meant; a longer list would cost more than the hint is worth. */
const MAX_TEXTS = 5_000

const FIRST_SLOTS = 1_024
const MAX_LOAD = 0.7

/**
 * The names of the records of one object by one of their attributes: all suppliers by their number. Case and outer
 * blanks do not count, as the documentation does not say that they do. Of a name it keeps a hash of 64 bits and its
 * facts; the first texts stay as well, so that a misspelt name can be told the one that was meant.
 *
 * Memory: 12 bytes for a slot of a table that is 35 to 70 % full, so 17 to 34 bytes a name and 25 MiB at most.
 */
export class NameList {
  /** Whether there were more names than are remembered: then nothing is known of a name that is not found. */
  isCut = false
  /** The first names, as they were written. */
  readonly texts: string[] = []

  #highs = new Int32Array(FIRST_SLOTS)
  #lows = new Int32Array(FIRST_SLOTS)
  /** Facts of each slot, plus 1: 0 is a free slot. */
  #facts = new Int32Array(FIRST_SLOTS)
  #count = 0
  readonly #maxNames: number

  constructor(maxNames = MAX_NAMES) {
    this.#maxNames = maxNames
  }

  /** Different names. */
  get size(): number {
    return this.#count
  }

  /** Remembers a name. Of one that comes twice the later facts count, but one active record is enough. */
  add(name: string, { isInactive, day }: NameFacts): void {
    const text = name.trim()
    if (text === '') return
    hash(text.toLowerCase())
    const at = this.#slotOf(high, low)
    const known = this.#facts[at] as number
    if (known !== 0) {
      const staysActive = ((known - 1) & 1) === 0 || !isInactive
      this.#facts[at] = encode({ isInactive: !staysActive, day: Math.max(day, (known - 1) >> 1) })
      return
    }
    if (this.#count >= this.#maxNames) {
      this.isCut = true
      return
    }
    this.#highs[at] = high
    this.#lows[at] = low
    this.#facts[at] = encode({ isInactive, day })
    this.#count += 1
    if (this.texts.length < MAX_TEXTS) this.texts.push(copyText(text))
    if (this.#count > this.#facts.length * MAX_LOAD) this.#grow()
  }

  /** What is known of a name. */
  find(name: string): NameFacts | undefined {
    hash(name.trim().toLowerCase())
    const facts = this.#facts[this.#slotOf(high, low)] as number
    return facts === 0 ? undefined : { isInactive: ((facts - 1) & 1) === 1, day: (facts - 1) >> 1 }
  }

  has(name: string): boolean {
    hash(name.trim().toLowerCase())
    return this.#facts[this.#slotOf(high, low)] !== 0
  }

  /** ` on 2026-11-20` of a name that was taken on that day, else nothing. */
  dayText(name: string): string {
    const day = this.find(name)?.day ?? 0
    return day === 0 ? '' : ` on ${writeDay(day)}`
  }

  /** The slot of a hash, or the free one in which it belongs. */
  #slotOf(wantedHigh: number, wantedLow: number): number {
    const mask = this.#facts.length - 1
    let at = wantedLow & mask
    while (this.#facts[at] !== 0 && (this.#lows[at] !== wantedLow || this.#highs[at] !== wantedHigh))
      at = (at + 1) & mask
    return at
  }

  #grow(): void {
    const [highs, lows, facts] = [this.#highs, this.#lows, this.#facts]
    const size = facts.length * 2
    this.#highs = new Int32Array(size)
    this.#lows = new Int32Array(size)
    this.#facts = new Int32Array(size)
    for (let old = 0; old < facts.length; old += 1) {
      if (facts[old] === 0) continue
      const at = this.#slotOf(highs[old] as number, lows[old] as number)
      this.#highs[at] = highs[old] as number
      this.#lows[at] = lows[old] as number
      this.#facts[at] = facts[old] as number
    }
  }
}

function encode({ isInactive, day }: NameFacts): number {
  return ((day << 1) | (isInactive ? 1 : 0)) + 1
}

/** Halves of the hash that was made last: two numbers returned at once would be an object for each cell. */
let high = 0
let low = 0

function hash(text: string): void {
  let one = 0xdeadbeef | 0
  let two = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x9e3779b1)
    two = Math.imul(two ^ unit, 0x5f356495)
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35)
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35)
  high = one
  low = two
}
