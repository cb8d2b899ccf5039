/** Facts of a log line. Never a secret, never a cell value. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>

/** Where a room writes what it did. `app` gives the real one; a test collects lines. */
export interface Log {
  debug(message: string, facts?: LogFacts): void
  info(message: string, facts?: LogFacts): void
  warn(message: string, facts?: LogFacts): void
  error(message: string, facts?: LogFacts): void
  /** A log that adds `facts` to every line, such as the id of a file. */
  with(facts: LogFacts): Log
}

/** A log that writes nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
}
