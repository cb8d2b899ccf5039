import { readStatus } from '../../app/index.ts'
import type { AlarmRecord } from '../../ledger/index.ts'
import { isOpen } from '../../watch/index.ts'
import { alarmAsJson, alarmLine } from '../alarm-words.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { counted, instantText } from '../words.ts'

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
            const alarms = (await gateway.ledger.findAlarms({ state: 'lasting' })).filter(isOpen)
            if (words.json) {
              io.out(JSON.stringify({ version: 1, flows, alarms: alarms.map(alarmAsJson) }, undefined, 2))
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
              flow.held + flow.heldFiles,
            ])
            io.out(
              tableText(['flow', 'direction', 'next run', 'last run', 'outcome', 'files', 'under watch', 'held'], rows),
            )
            if (alarms.length > 0) io.out(firstAlarms(alarms))
            return Exit.done
          }),
        ),
      )
  },
})

/** House: the rest has a command of its own. */
const FIRST = 3

function firstAlarms(alarms: readonly AlarmRecord[]): string {
  const lines = alarms.slice(0, FIRST).map((alarm) => `  ${alarmLine(alarm)}`)
  const more = alarms.length > FIRST ? [`  … and ${alarms.length - FIRST} more`] : []
  return [`\n${counted(alarms.length, 'open alarm')}, see \`flatgate alarms\`:`, ...lines, ...more].join('\n')
}
