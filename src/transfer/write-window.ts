/** Keeps the bytes that all uploads of one session have on the way in bounds. */
export interface WriteWindow {
  /** Waits for a place, first come, first served. */
  take(): Promise<void>
  /** Gives a place back. */
  release(): void
}

/** 2 MB on the way: what the channel window of ssh2 and OpenSSH holds; more gains nothing. */
const MOST_WRITES = 64

/**
 * House: a quarter of a megabyte on one machine. What a server has not written yet it keeps in a buffer, and OpenSSH
 * copies the whole of it each time that it grows: 2 MB at once cost it half a second (measured, 9.2).
 */
const FEWEST_WRITES = 8

/** House: 64 MB a second, in writes of 31 KB. */
const WRITES_PER_MS = 2

/** @param roundTripMs The shortest so far: as much may be on the way as a fast line holds. */
export function createWriteWindow(roundTripMs: () => number): WriteWindow {
  let open = 0
  const queue: (() => void)[] = []
  const isFull = (): boolean => open >= Math.min(MOST_WRITES, Math.max(FEWEST_WRITES, roundTripMs() * WRITES_PER_MS))
  return {
    async take() {
      while (isFull()) await new Promise<void>((resolve) => queue.push(resolve))
      open += 1
    },
    release() {
      open -= 1
      queue.shift()?.()
    },
  }
}
