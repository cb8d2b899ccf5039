import { PassThrough } from 'node:stream'
import { runProgram } from '../../src/cli/program.ts'
import type { ExitCode, Io } from '../../src/cli/io.ts'

/** What a call of the command line left behind. */
export interface CliResult {
  readonly exit: ExitCode
  /** Results, line by line. */
  readonly out: readonly string[]
  /** Notes and errors, line by line; the log in it too. */
  readonly err: readonly string[]
}

/** What differs from a call without a terminal, without input and with an empty environment. */
export interface CliSurroundings {
  /** Working folder. */
  readonly folder: string
  readonly input?: string | AsyncIterable<Uint8Array>
  readonly env?: Readonly<Record<string, string>>
  readonly isInputTerminal?: boolean
  readonly isErrTerminal?: boolean
  readonly isColoured?: boolean
  /** Aborted by the test as Ctrl-C would. */
  readonly stop?: AbortSignal
  /** Called with each text of stdout, as it comes. */
  readonly onOut?: (text: string) => void
}

/** Runs the command line in this process and collects its lines. @param words After the program's name. */
export async function runCli(words: readonly string[], surroundings: CliSurroundings): Promise<CliResult> {
  const out: string[] = []
  const err: string[] = []
  const errStream = new PassThrough({ encoding: 'utf8' })
  errStream.on('data', (text: string) => err.push(text.trimEnd()))
  const { input = '', stop = new AbortController().signal } = surroundings
  const io: Io = {
    out: (text) => {
      out.push(text)
      surroundings.onOut?.(text)
    },
    err: (text) => void err.push(text),
    input: typeof input === 'string' ? once(input) : input,
    isInputTerminal: surroundings.isInputTerminal ?? false,
    isErrTerminal: surroundings.isErrTerminal ?? false,
    isColoured: surroundings.isColoured ?? false,
    env: surroundings.env ?? {},
    folder: surroundings.folder,
    errStream,
    untilStopped: () => stop,
  }
  const exit = await runProgram(words, io)
  const lines = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split('\n'))
  return { exit, out: lines(out), err: lines(err) }
}

/** The one JSON document that a command printed. */
export function jsonOf({ out }: CliResult): unknown {
  return JSON.parse(out.join('\n'))
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text)
}
