import { readStatus } from '../../app/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { instantText } from '../words.ts'

/** `flatgate status`: how every flow stands. */
export const statusCommand = defineCommand({
  name: 'status',
  declare(program, { io, action }) {
    program
      .command('status')
      .summary('how every flow stands and when it runs next')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText('after', examples('flatgate status', 'flatgate status --json | jq ".flows[].files"'))
      .action(
        action((words: { json?: true; config?: string }) =>
          withGateway(io, words.config, { form: 'human', level: 'warn' }, async (gateway) => {
            const flows = await readStatus(gateway.ledger, gateway.flows, new Date())
            if (words.json) {
              io.out(JSON.stringify({ version: 1, flows }, undefined, 2))
              return Exit.done
            }
            const rows = flows.map((flow) => [
              flow.flow,
              flow.direction,
              flow.nextRunAt === undefined ? 'on arrival' : instantText(flow.nextRunAt),
              instantText(flow.lastRun?.startedAt),
              flow.lastRun?.outcome ?? '-',
              Object.entries(flow.files)
                .map(([state, count]) => `${count} ${state}`)
                .join(', ') || '-',
              flow.underWatch,
              flow.held,
            ])
            io.out(
              tableText(['flow', 'direction', 'next run', 'last run', 'outcome', 'files', 'under watch', 'held'], rows),
            )
            return Exit.done
          }),
        ),
      )
  },
})
