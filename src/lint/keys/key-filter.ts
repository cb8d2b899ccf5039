/** Bytes of a line of the cache: a look-up costs one of them. */
const BLOCK_BYTES = 64
const WORDS_PER_BLOCK = BLOCK_BYTES / Int32Array.BYTES_PER_ELEMENT
const LAST_WORD = WORDS_PER_BLOCK - 1

/** House: a smaller filter saves nothing that counts. */
export const MIN_FILTER_BYTES = 1024

/**
 * Tells hashes that were certainly never added from those that perhaps were (a Bloom filter in blocks, two bits in each
 * of three words). Its size never changes. At 32 bits per hash it is wrong about once in 30,000 looks at a new one, at 9
 * about once in 60, at 4 about once in 4, and the more it holds the more often somebody looks in vain. It never misses
 * one that was added.
 */
export class KeyFilter {
  readonly #words: Int32Array<ArrayBuffer>
  readonly #blocks: number

  /** @param bytes At least {@link MIN_FILTER_BYTES}. */
  constructor(bytes: number) {
    this.#blocks = Math.floor(bytes / BLOCK_BYTES)
    this.#words = new Int32Array(this.#blocks * WORDS_PER_BLOCK)
  }

  /** Adds a hash. @returns Whether it was perhaps there before. */
  add(high: number, low: number): boolean {
    const words = this.#words
    const mixed = mix(low)
    const block = this.#blockOf(low)
    const first = block + (mixed >>> 28)
    const second = block + ((mixed >>> 24) & LAST_WORD)
    const third = block + ((mixed >>> 20) & LAST_WORD)
    const inFirst = twoBits(high)
    const inSecond = twoBits(high >>> 10)
    const inThird = twoBits(high >>> 20)
    // One after the other: two of the three may be the same word.
    const before = words[first] as number
    words[first] = before | inFirst
    const beforeSecond = words[second] as number
    words[second] = beforeSecond | inSecond
    const beforeThird = words[third] as number
    words[third] = beforeThird | inThird
    return (
      (before & inFirst) === inFirst && (beforeSecond & inSecond) === inSecond && (beforeThird & inThird) === inThird
    )
  }

  mayHave(high: number, low: number): boolean {
    const words = this.#words
    const mixed = mix(low)
    const block = this.#blockOf(low)
    return (
      isSet(words[block + (mixed >>> 28)] as number, twoBits(high)) &&
      isSet(words[block + ((mixed >>> 24) & LAST_WORD)] as number, twoBits(high >>> 10)) &&
      isSet(words[block + ((mixed >>> 20) & LAST_WORD)] as number, twoBits(high >>> 20))
    )
  }

  /** Gives the memory back now; the collector would come later. */
  free(): void {
    this.#words.buffer.transfer(0)
  }

  /** First word of the block of a hash. */
  #blockOf(low: number): number {
    return Math.floor(((low >>> 0) / 2 ** 32) * this.#blocks) * WORDS_PER_BLOCK
  }
}

/** Bits that do not choose the block. */
function mix(low: number): number {
  return Math.imul(low ^ (low >>> 15), 0x9e3779b1)
}

function twoBits(bits: number): number {
  return (1 << (bits & 31)) | (1 << ((bits >>> 5) & 31))
}

function isSet(word: number, bits: number): boolean {
  return (word & bits) === bits
}
