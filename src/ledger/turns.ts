/** Lets callers in one at a time, in the order in which they came. */
export interface Turns {
  /** Waits for its turn, then runs `work`. */
  take<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when everybody who has come so far is done. */
  idle(): Promise<void>
}

/**
 * Makes a queue of one place.
 *
 * @param pause Kept between two turns; whoever had the turn does not wait for it.
 */
export function createTurns(pause: () => Promise<void>): Turns {
  let last: Promise<void> = Promise.resolve()
  return {
    async take(work) {
      const before = last
      const own = Promise.withResolvers<void>()
      last = own.promise
      await before
      try {
        return await work()
      } finally {
        void pause().finally(own.resolve)
      }
    },
    idle: () => last,
  }
}
