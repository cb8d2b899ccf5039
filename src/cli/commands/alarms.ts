import type { Command } from 'commander'
import { GatewayError } from '../../base/index.ts'
import type { AlarmRecord, Ledger } from '../../ledger/index.ts'
import { isOpen } from '../../watch/index.ts'
import { alarmAsJson, alarmText, standingOf } from '../alarm-words.ts'
import { type CommandContext, defineCommand, examples } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { instantText, shown } from '../words.ts'

interface ListWords {
  readonly all?: true
  readonly flow?: string
  readonly check?: true
  readonly json?: true
  readonly config?: string
}

interface AckWords {
  readonly by?: string
  readonly remark?: string
  readonly json?: true
  readonly config?: string
}

const QUIET = { form: 'human', level: 'error' } as const

/** `flatgate alarms`: what a person must know, and that a person knows it. */
export const alarmsCommand = defineCommand({
  name: 'alarms',
  declare(program, context) {
    const alarms = program
      .command('alarms')
      .summary('what a person must know')
      .description('What went wrong and still is: raised by `serve`, `run` and `send`, over when the condition is.')
      .addHelpText(
        'after',
        examples(
          'flatgate alarms',
          'flatgate alarms list --check --json',
          'flatgate alarms show 1m7y0qrs',
          'flatgate alarms ack 1m7y0qrs --remark "asked Coupa support"',
        ),
      )
    declareList(alarms, context)
    declareShow(alarms, context)
    declareAck(alarms, context)
  },
})

function declareList(alarms: Command, { io, action }: CommandContext): void {
  alarms
    .command('list', { isDefault: true })
    .summary('the open alarms, newest first')
    .option('--all', 'also those that are over, or that a person knows of')
    .option('--flow <name>', 'only of this flow')
    .option('--check', 'exit with 1 when an alarm of severity error is open, for monitoring')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file')
    .action(
      action((words: ListWords) =>
        withGateway(io, words.config, QUIET, async ({ ledger }) => {
          const found = await ledger.findAlarms({
            ...(words.all ? {} : { state: 'lasting' }),
            ...(words.flow === undefined ? {} : { flow: words.flow }),
          })
          const chosen = words.all ? found : found.filter(isOpen)
          if (words.json) io.out(JSON.stringify({ version: 1, alarms: chosen.map(alarmAsJson) }, undefined, 2))
          else io.out(chosen.length === 0 ? 'No alarms.' : listText(chosen))
          const isGrave = chosen.some((alarm) => isOpen(alarm) && alarm.severity === 'error')
          return words.check && isGrave ? Exit.findings : Exit.done
        }),
      ),
    )
}

function listText(alarms: readonly AlarmRecord[]): string {
  const rows = alarms.map((alarm) => [
    alarm.id,
    instantText(alarm.raisedAt ?? alarm.firstSeenAt),
    standingOf(alarm),
    alarm.severity,
    alarm.kind,
    alarm.flow ?? '-',
    shown(alarm.what),
  ])
  return tableText(['alarm', 'since', 'state', 'severity', 'kind', 'flow', 'what'], rows)
}

function declareShow(alarms: Command, { io, action }: CommandContext): void {
  alarms
    .command('show')
    .summary('everything about one alarm')
    .argument('<alarm>', 'its id, or the beginning of it')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file')
    .action(
      action((id: string, words: { json?: true; config?: string }) =>
        withGateway(io, words.config, QUIET, async ({ ledger }) => {
          const alarm = await onlyOne(ledger, id)
          return tell(io, alarm, words.json === true)
        }),
      ),
    )
}

function declareAck(alarms: Command, { io, action }: CommandContext): void {
  alarms
    .command('ack')
    .summary('a person knows: not told again while it lasts')
    .argument('<alarm>', 'its id, or the beginning of it')
    .option('--by <name>', 'who knows; the user of this session when absent')
    .option('--remark <text>', 'what is being done')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file')
    .action(
      action((id: string, words: AckWords) =>
        withGateway(io, words.config, QUIET, async (gateway) => {
          const by = words.by ?? io.env['USER'] ?? io.env['USERNAME']
          if (by === undefined) throw new GatewayError('USAGE', { reason: 'say who knows, with --by' })
          const { remark } = words
          const alarm = await gateway.acknowledge(id, { by, ...(remark === undefined ? {} : { remark }) })
          return tell(io, alarm, words.json === true)
        }),
      ),
    )
}

async function onlyOne(ledger: Ledger, id: string): Promise<AlarmRecord> {
  const found = await ledger.findAlarms({ id })
  const [alarm] = found
  if (alarm === undefined) throw new GatewayError('HISTORY_UNKNOWN', { alarm: id })
  if (found.length > 1) throw new GatewayError('USAGE', { alarm: id, reason: `${found.length} alarms begin so` })
  return alarm
}

function tell(io: Io, alarm: AlarmRecord, isJson: boolean): ExitCode {
  io.out(isJson ? JSON.stringify({ version: 1, alarm: alarmAsJson(alarm) }, undefined, 2) : alarmText(alarm))
  return Exit.done
}
