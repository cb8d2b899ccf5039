import type { Command } from 'commander'
import type { ExitCode, Io } from './io.ts'

/** A command of the command line. Options and arguments are declared on the commander command that it builds. */
export interface CliCommand {
  readonly name: string
  /** Declares itself on `program`; `run` is told the exit code of what it did. */
  declare(program: Command, context: CommandContext): void
}

/** What commands work with. */
export interface CommandContext {
  readonly io: Io
  /** Wraps an action so that its exit code becomes the program's. */
  readonly action: <Args extends readonly unknown[]>(
    work: (...args: Args) => Promise<ExitCode> | ExitCode,
  ) => (...args: Args) => Promise<void>
}

/** Types a command. */
export const defineCommand = (command: CliCommand): CliCommand => Object.freeze(command)

/** Examples below the options of `--help`. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`
}
