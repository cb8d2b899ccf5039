import type { Command } from 'commander'
import { loadCommands } from '../../src/cli/commands/index.ts'
import { createProgram } from '../../src/cli/program.ts'
import type { Io } from '../../src/cli/io.ts'

/** `docs/reference/cli.md`: the help of every command, as it is printed. */
export async function cliPage(): Promise<string> {
  const io: Io = {
    out: () => undefined,
    err: () => undefined,
    input: (async function* () {})(),
    isInputTerminal: false,
    isErrTerminal: false,
    isColoured: false,
    env: {},
    folder: '.',
    errStream: process.stderr,
    untilStopped: () => new AbortController().signal,
  }
  const program = createProgram({ io, action: () => async () => undefined }, await loadCommands([]))
  program.configureOutput({ getOutHelpWidth: () => 100 })
  const sections = all(program).map((command) => {
    command.configureOutput({ getOutHelpWidth: () => 100, getOutHasColors: () => false })
    return `## ${nameOf(command)}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`
  })
  return `<!-- Written by scripts/gen.ts from src/cli. Do not edit. -->

# Commands

Results go to stdout, progress and logs to stderr. \`NO_COLOR\` is honoured.

${sections.join('\n')}`
}

function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)]
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}

/** The help with its examples, which commander prints on an event only. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (piece) => (text += piece), getOutHelpWidth: () => 100 })
  command.outputHelp()
  return text.trimEnd()
}
