/** Runs work, or lets it wait for its turn; first come, first served. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>

/** Makes a limit under which at most `size` pieces of work run side by side. */
export function createLimit(size: number): Limit {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= size) await new Promise<void>((resolve) => queue.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // The turn is handed over, so that nobody slips in between.
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
