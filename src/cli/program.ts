import { Command, CommanderError } from 'commander'
import { readVersion } from '../app/index.ts'
import { asGatewayError, ERROR_TABLE, GatewayError } from '../base/index.ts'
import type { CliCommand, CommandContext } from './command.ts'
import { loadCommands } from './commands/index.ts'
import { Exit, type ExitCode, type Io } from './io.ts'

/** Runs the command line once. @param argv Words after the program's name. @returns The exit code. */
export async function runProgram(argv: readonly string[], io: Io): Promise<ExitCode> {
  const isJson = argv.includes('--json')
  let exit: ExitCode = Exit.done
  const context: CommandContext = {
    io,
    action:
      (work) =>
      async (...args) => {
        exit = await work(...args)
      },
  }
  try {
    await createProgram(context, await loadCommands(argv), isJson).parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    return isJson ? tellErrorAsJson(error, io) : tellError(error, io)
  }
}

/**
 * The program with these commands; what it prints goes through `io`.
 *
 * @param isQuiet Whether it is silent about a call that it cannot read: whoever catches the error tells it.
 */
export function createProgram(context: CommandContext, commands: readonly CliCommand[], isQuiet = false): Command {
  const { io } = context
  const program = new Command('flatgate')
    .description('The flat-file gateway for Coupa: checks, prepares, places and proves CSV and ZIP files.')
    .version(readVersion(), '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => {
        if (!isQuiet) io.err(text.trimEnd())
      },
    })
  for (const command of commands) command.declare(program, context)
  program.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 findings of level error or a file rejected, 2 usage or configuration,\n' +
      '3 temporary failure, 4 permanent failure, 5 outcome unclear (a person must look), 70 a fault of flatgate itself.',
  )
  // Subcommands inherit none of the three by themselves. An option behind a subcommand is the subcommand's, even where
  // the command above has one of the same name.
  for (const command of [program, ...descendants(program)]) {
    command.exitOverride().configureOutput(program.configureOutput()).enablePositionalOptions()
  }
  return program
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)])
}

/** Says what happened and what to do; the exit code is that of the error's row. */
function tellError(cause: unknown, io: Io): ExitCode {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? Exit.done : Exit.usage
  const error = asGatewayError(cause)
  if (!(error instanceof GatewayError)) return tellFault(error, io)
  io.err(`flatgate: ${error.message}`)
  io.err(`  → ${ERROR_TABLE[error.code].next}`)
  return ERROR_TABLE[error.code].exit
}

/**
 * The same as one line of JSON on stderr, for results alone go to stdout. Lines of the log may stand before it; it is the
 * last line.
 */
function tellErrorAsJson(cause: unknown, io: Io): ExitCode {
  if (cause instanceof CommanderError) {
    if (cause.exitCode === 0) return Exit.done
    const message = cause.message.replace(/^error: /, '')
    return tellJson(io, { code: 'USAGE', message, next: ERROR_TABLE.USAGE.next, details: {}, exit: Exit.usage })
  }
  const error = asGatewayError(cause)
  if (!(error instanceof GatewayError)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const next = 'a fault of the program itself; please report it'
    return tellJson(io, { code: 'FAULT', message, next, details: {}, exit: Exit.fault })
  }
  const { code, message, details } = error
  const { next, exit } = ERROR_TABLE[code]
  return tellJson(io, { code, message, next, details, exit })
}

function tellJson(io: Io, error: { readonly exit: ExitCode } & Readonly<Record<string, unknown>>): ExitCode {
  io.err(JSON.stringify({ version: 1, error }))
  return error.exit
}

/** Says that the program itself is at fault. */
export function tellFault(error: unknown, io: Pick<Io, 'err'>): ExitCode {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.err(`flatgate: a fault of the program itself; please report it with the lines below\n${told}`)
  return Exit.fault
}
