import type { Writable } from 'node:stream'

/** What a command sees of the process. `bin` gives the real one, a test collects lines. */
export interface Io {
  /** Results. A line end is added. */
  out(text: string): void
  /** Progress, notes and errors. A line end is added. */
  err(text: string): void
  /** Bytes of standard input. Read at most once. */
  readonly input: AsyncIterable<Uint8Array>
  readonly isInputTerminal: boolean
  readonly isErrTerminal: boolean
  /** Whether results may be coloured. */
  readonly isColoured: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  readonly errStream: Writable
  /**
   * From now on Ctrl-C and SIGTERM abort this signal, and what is at hand is to be finished. Until it is called they end
   * the process at once, which is right for all that only reads.
   */
  readonly untilStopped: () => AbortSignal
}

/** Exit codes. Relied on by scripts; a number never changes its meaning. */
export const Exit = {
  done: 0,
  /** Findings of level error, or a file rejected. */
  findings: 1,
  usage: 2,
  temporary: 3,
  permanent: 4,
  unclear: 5,
  fault: 70,
} as const

/** One of {@link Exit}. */
export type ExitCode = (typeof Exit)[keyof typeof Exit]
