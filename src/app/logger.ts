import { createLogger, format, transports } from 'winston'
import type { Log, LogFacts } from '../base/index.ts'

/** How log lines look: `json` for machines, `human` for a terminal. */
export interface LoggerOptions {
  readonly form: 'json' | 'human'
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** Texts that must never appear; each is replaced wherever it stands. */
  readonly secrets: readonly string[]
  readonly output: NodeJS.WritableStream
}

/** The one root logger of the program. */
export interface RootLog extends Log {
  /** Waits until every line is written. */
  close(): Promise<void>
}

/** Makes the root logger. Lines go to `output` only: files are rotated by whoever runs the gateway. */
export function createRootLog({ form, level, secrets, output }: LoggerOptions): RootLog {
  const root = createLogger({
    level,
    format: format.combine(hideSecrets({ secrets }), format.timestamp(), form === 'json' ? format.json() : humanLine),
    transports: [new transports.Stream({ stream: output })],
  })
  const bind = (own: LogFacts): Log => ({
    debug: (message, facts) => void root.debug(message, { ...own, ...facts }),
    info: (message, facts) => void root.info(message, { ...own, ...facts }),
    warn: (message, facts) => void root.warn(message, { ...own, ...facts }),
    error: (message, facts) => void root.error(message, { ...own, ...facts }),
    with: (facts) => bind({ ...own, ...facts }),
  })
  return {
    ...bind({}),
    close: () =>
      new Promise((resolve) => {
        root.once('finish', resolve)
        root.end()
      }),
  }
}

const hideSecrets = format((info, options) => {
  const secrets = (options as { secrets: readonly string[] }).secrets.filter((secret) => secret !== '')
  for (const [key, value] of Object.entries(info)) {
    if (typeof value === 'string') info[key] = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value)
  }
  return info
})

/** Blanks, quotes and control characters: `a b`, and what would steer a terminal; lets `a.b` pass. */
const NEEDS_QUOTES = /[\s"\u0000-\u001f\u007f-\u009f]/

const humanLine = format.printf(({ timestamp, level, message, ...facts }) => {
  const told = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'string' && NEEDS_QUOTES.test(value) ? JSON.stringify(value) : String(value)}`,
    )
  return [String(timestamp).slice(11, 19), level.padEnd(5), String(message), ...told].join(' ')
})
