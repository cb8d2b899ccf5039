import type { Gateway } from '../../app/index.ts'
import { askYes } from '../ask-yes.ts'
import { defineCommand, examples } from '../command.ts'
import { decisionWords } from '../decision-words.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { tellEvidence } from '../tell-evidence.ts'
import { shown } from '../words.ts'

interface HoldWords {
  readonly yes?: true
  readonly json?: true
  readonly config?: string
}

const NAME = 'name or reference, as `flatgate hold list` shows it in the second column'

/** `flatgate hold`: what waits for a person, and what the person decides. */
export const holdCommand = defineCommand({
  name: 'hold',
  declare(program, { io, action }) {
    const hold = program
      .command('hold')
      .summary('what waits for a person')
      .addHelpText(
        'after',
        examples(
          'flatgate hold list',
          'flatgate hold show users_20261120_040000Z_0001.csv',
          'flatgate hold release users_20261120_040000Z_0001.csv',
        ),
      )
    const work =
      (level: 'warn' | 'error', what: (gateway: Gateway) => Promise<ExitCode>) =>
      (config: string | undefined): Promise<ExitCode> =>
        withGateway(io, config, { form: 'human', level }, what)
    hold
      .command('list')
      .summary('the files that wait, and why')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .action(action((words: HoldWords) => work('warn', (gateway) => list(io, gateway, words))(words.config)))
    hold
      .command('show')
      .summary('the evidence: its story, what the server shows right now, what each decision will do')
      .argument('<name>', NAME)
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText('after', examples('flatgate hold show users_20261120_040000Z_0001.csv'))
      .action(
        action((name: string, words: HoldWords) =>
          work('error', (gateway) => show(io, gateway, name, words))(words.config),
        ),
      )
    for (const decision of ['release', 'drop'] as const) {
      hold
        .command(decision)
        .summary(
          decision === 'release'
            ? 'send it (again) with the next pass; publish an export as it is'
            : 'do not send it; do not publish an export',
        )
        .argument('<name>', NAME)
        .option('--yes', 'do not ask; nobody is asked where stdin is no terminal')
        .option('--json', 'as JSON')
        .option('--config <file>', 'configuration file')
        .addHelpText('after', examples(`flatgate hold ${decision} users_20261120_040000Z_0001.csv`))
        .action(
          action((name: string, words: HoldWords) =>
            work('error', (gateway) => decide(io, gateway, { name, decision, words }))(words.config),
          ),
        )
    }
  },
})

async function list(io: Io, gateway: Gateway, words: HoldWords): Promise<ExitCode> {
  const held = await gateway.held()
  // Files that were not made into parts: nothing of them was ever sent.
  const files = await gateway.heldFiles()
  const exports = await gateway.heldExports()
  if (words.json) io.out(JSON.stringify({ version: 1, held, files, exports }, undefined, 2))
  else if (held.length + files.length + exports.length === 0) io.out('Nothing is held.')
  else {
    const rows = [
      ...held.map(({ flow, part, file, reason }) => [flow, part.name, shown(file.name), part.state, reason]),
      ...[...files, ...exports].map(({ flow, id, name, state, reason = '' }) => [flow, id, shown(name), state, reason]),
    ]
    io.out(tableText(['flow', 'name', 'source', 'state', 'reason'], rows))
    io.err('→ `flatgate hold show NAME` has the evidence and what each decision will do')
  }
  return Exit.done
}

async function show(io: Io, gateway: Gateway, name: string, words: HoldWords): Promise<ExitCode> {
  const evidence = await gateway.showHeld(name)
  if (words.json) {
    io.out(JSON.stringify({ version: 1, ...evidence, decisions: decisionWords(evidence) }, undefined, 2))
  } else tellEvidence(io, evidence)
  return Exit.done
}

async function decide(
  io: Io,
  gateway: Gateway,
  { name, decision, words }: { name: string; decision: 'release' | 'drop'; words: HoldWords },
): Promise<ExitCode> {
  if (io.isInputTerminal && !words.yes) {
    const evidence = await gateway.showHeld(name)
    io.err(`${shown(name)}: ${evidence.reason}`)
    if (!evidence.server.looked) io.err(`  The server was not looked at: ${evidence.server.why}`)
    io.err(`  ${decision}: ${decisionWords(evidence)[decision]}`)
    if (!(await askYes(io, decision === 'release' ? 'Release it?' : 'Drop it?'))) {
      io.err('Nothing was decided.')
      return Exit.usage
    }
  }
  const state = await gateway.decide(name, decision)
  if (words.json) io.out(JSON.stringify({ version: 1, name, decision, state }, undefined, 2))
  else io.out(`${shown(name)} is ${state} now.${whatFollows(state)}`)
  return Exit.done
}

function whatFollows(state: string): string {
  switch (state) {
    case 'placed':
    case 'taken':
      return ' It was on the server after all; nothing was sent.'
    case 'prepared':
    case 'accepted':
      return ' The next pass takes it up.'
    default:
      return ''
  }
}
