import { Option } from 'commander'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { withGateway } from '../open.ts'

interface ServeWords {
  readonly config?: string
  readonly log: 'json' | 'human'
  readonly verbose?: true
}

/** `flatgate serve`: runs until it is told to stop. */
export const serveCommand = defineCommand({
  name: 'serve',
  declare(program, { io, action }) {
    program
      .command('serve')
      .summary('run schedules and watch the drop folders')
      .description(
        'Runs until it is stopped (Ctrl-C or SIGTERM); what is at hand is finished first. Logs go to stderr.',
      )
      .addOption(new Option('--log <form>', 'form of the log lines').choices(['json', 'human']).default('json'))
      .option('--verbose', 'log every step')
      .option('--config <file>', 'configuration file')
      .addHelpText('after', examples('flatgate serve', 'flatgate serve --log human --verbose'))
      .action(
        action((words: ServeWords) =>
          withGateway(
            io,
            words.config,
            { form: words.log, level: words.verbose ? 'debug' : 'info' },
            async (gateway) => {
              await gateway.serve()
              return Exit.done
            },
          ),
        ),
      )
  },
})
