/** Bytes of a line of the cache: a look-up costs one of them. */
const BLOCK_BYTES = 64
const WORDS_PER_BLOCK = BLOCK_BYTES / Int32Array.BYTES_PER_ELEMENT
const BITS_PER_BLOCK = BLOCK_BYTES * 8

/** House: a smaller filter saves nothing that counts. */
export const MIN_FILTER_BYTES = 1024

/**
 * Tells hashes that were certainly never added from those that perhaps were (a Bloom filter in blocks, four bits each).
 * Its size never changes: at 9 bits per hash it is wrong about once in 60 looks at a new one, at 4 about once in 5, and
 * the more it holds the more often somebody looks in vain. It never misses one that was added.
 */
export class KeyFilter {
  readonly #words: Int32Array
  readonly #blocks: number

  /** @param bytes At least {@link MIN_FILTER_BYTES}. */
  constructor(bytes: number) {
    this.#blocks = Math.floor(bytes / BLOCK_BYTES)
    this.#words = new Int32Array(this.#blocks * WORDS_PER_BLOCK)
  }

  add(high: number, low: number): void {
    const words = this.#words
    const block = this.#blockOf(low)
    // Nine bits each, from parts of the hash that do not choose the block.
    set(words, block, high)
    set(words, block, high >>> 9)
    set(words, block, high >>> 18)
    set(words, block, Math.imul(low, 0x9e3779b1) >>> 23)
  }

  mayHave(high: number, low: number): boolean {
    const words = this.#words
    const block = this.#blockOf(low)
    return (
      isSet(words, block, high) &&
      isSet(words, block, high >>> 9) &&
      isSet(words, block, high >>> 18) &&
      isSet(words, block, Math.imul(low, 0x9e3779b1) >>> 23)
    )
  }

  /** First word of the block of a hash. */
  #blockOf(low: number): number {
    return Math.floor(((low >>> 0) / 2 ** 32) * this.#blocks) * WORDS_PER_BLOCK
  }
}

function set(words: Int32Array, block: number, bits: number): void {
  const bit = bits & (BITS_PER_BLOCK - 1)
  const at = block + (bit >>> 5)
  words[at] = (words[at] as number) | (1 << (bit & 31))
}

function isSet(words: Int32Array, block: number, bits: number): boolean {
  const bit = bits & (BITS_PER_BLOCK - 1)
  return ((words[block + (bit >>> 5)] as number) & (1 << (bit & 31))) !== 0
}
