/** A run that once found a fault. */
export interface FailingSeed {
  readonly seed: number
  /** As fast-check printed it; absent: the whole run of that seed. */
  readonly path?: string
  readonly replayPath?: string
  /** What was wrong. */
  readonly about: string
}

/** Runs that once found a fault, in the order in which they did. They are always run first, and none is removed. */
export const FAILING_SEEDS: readonly FailingSeed[] = []
