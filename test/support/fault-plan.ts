/**
 * What happens to the chosen call.
 *
 * - `refused`: it fails and had no effect.
 * - `answer lost`: it has its effect, and fails.
 * - `half done`: an upload whose rename was asked for and is not known; its bytes still lie where they were staged.
 * - `killed before`, `killed after`: the process ends there. Nothing behind the call runs, no clean-up either.
 */
export type FaultMode = 'refused' | 'answer lost' | 'half done' | 'killed before' | 'killed after'

/** The errors that a call may end with. */
export interface FaultErrors {
  /** Nothing happened. */
  readonly refused: () => Error
  /** It happened, or may have. */
  readonly lost: () => Error
  /** Does half of the work. Calls that know no half are not counted in that mode. */
  readonly half?: () => Promise<unknown>
}

/** Counts the calls to the outside and spoils the n-th one, once or from there on. */
export interface FaultPlan {
  /** Lets a call through, or spoils it. */
  call<T>(name: string, work: () => Promise<T>, errors: FaultErrors): Promise<T>
  /** Name of the call that was spoiled first. */
  hit(): string | undefined
  /** Resolves when the process was ended. */
  readonly killed: Promise<void>
  /** Lets go of what hangs since the process was ended, so that it unwinds; whatever it calls fails. */
  bury(): void
}

/** Makes a plan. @param nth Which call is spoiled, from 1. */
export function createFaultPlan(nth: number, mode: FaultMode, isLasting: boolean): FaultPlan {
  const graves: (() => void)[] = []
  let calls = 0
  let hit: string | undefined
  let isDead = false
  let tellKilled: () => void = () => undefined
  const killed = new Promise<void>((resolve) => {
    tellKilled = resolve
  })

  function die(): Promise<never> {
    isDead = true
    tellKilled()
    return new Promise((_resolve, reject) => graves.push(() => reject(new Error('the process has ended'))))
  }

  return {
    killed,
    hit: () => hit,
    bury: () => graves.splice(0).forEach((unwind) => unwind()),
    async call(name, work, { refused, lost, half }) {
      if (isDead) throw new Error('the process has ended')
      if (mode === 'half done' && half === undefined) return work()
      calls += 1
      if (calls !== nth && !(isLasting && calls > nth)) return work()
      hit ??= name
      switch (mode) {
        case 'refused':
          throw refused()
        case 'answer lost':
          await work()
          throw lost()
        case 'half done':
          await half?.()
          throw lost()
        case 'killed before':
          return die()
        default:
          await work()
          return die()
      }
    },
  }
}
