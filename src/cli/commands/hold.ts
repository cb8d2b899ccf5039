import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'

/** `flatgate hold`: what waits for a person, and what the person decides. */
export const holdCommand = defineCommand({
  name: 'hold',
  declare(program, { io, action }) {
    const hold = program
      .command('hold')
      .summary('what waits for a person')
      .addHelpText('after', examples('flatgate hold list', 'flatgate hold release users_20261120_040000Z_0001.csv'))
    hold
      .command('list')
      .summary('the files that wait, and why')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .action(
        action((words: { json?: true; config?: string }) =>
          withGateway(io, words.config, { form: 'human', level: 'warn' }, async (gateway) => {
            const held = await gateway.held()
            // Files that flatgate could not judge; nothing of them was ever sent.
            const files = await gateway.heldFiles()
            if (words.json) io.out(JSON.stringify({ version: 1, held, files }, undefined, 2))
            else if (held.length + files.length === 0) io.out('Nothing is held.')
            else
              io.out(
                tableText(
                  ['flow', 'sent file', 'source', 'state', 'reason'],
                  [
                    ...held.map(({ flow, part, file, reason }) => [flow, part.name, file.name, part.state, reason]),
                    ...files.map(({ flow, id, name, state, reason = '' }) => [flow, id, name, state, reason]),
                  ],
                ),
              )
            return Exit.done
          }),
        ),
      )
    for (const decision of ['release', 'drop'] as const) {
      hold
        .command(decision)
        .summary(decision === 'release' ? 'send it (again) with the next pass' : 'do not send it')
        .argument('<name>', 'name or reference, as `flatgate hold list` shows it in the second column')
        .option('--json', 'as JSON')
        .option('--config <file>', 'configuration file')
        .action(
          action((name: string, words: { json?: true; config?: string }) =>
            withGateway(io, words.config, { form: 'human', level: 'error' }, async (gateway) => {
              const state = await gateway.decide(name, decision)
              if (words.json) io.out(JSON.stringify({ version: 1, name, decision, state }, undefined, 2))
              else
                io.out(
                  `${name} is ${state} now.${state === 'placed' || state === 'taken' ? ' It was on the server after all; nothing was sent.' : ''}`,
                )
              return Exit.done
            }),
          ),
        )
    }
  },
})
