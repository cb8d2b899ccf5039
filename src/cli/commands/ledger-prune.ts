import { type Command, InvalidArgumentError } from 'commander'
import type { Config, RetentionOutcome } from '../../app/index.ts'
import { GatewayError } from '../../base/index.ts'
import { type CommandContext, examples } from '../command.ts'
import { Exit, type ExitCode } from '../io.ts'
import { withGateway } from '../open.ts'
import { counted } from '../words.ts'

interface PruneWords {
  readonly olderThan?: number
  readonly dryRun?: true
  readonly json?: true
  readonly config?: string
}

/** `flatgate ledger prune`: removes what is old, as `retention` of the configuration or the command says. */
export function declarePrune(ledger: Command, { io, action }: CommandContext): void {
  ledger
    .command('prune')
    .summary('remove what is over and old')
    .description(
      'Removes what `retention` of the configuration says is old. With --older-than, whatever it says: steps, parts, runs and\n' +
        'alarms from the ledger, and contents that nothing needs from the store; files in the drop folders stay then.\n' +
        'Nothing of a file that has not ended is removed, and each file stays known by its content.',
    )
    .option('--older-than <days>', 'such as 90d: what ended before', parseDays)
    .option('--dry-run', 'only tell what would be removed')
    .option('--json', 'tell the result as JSON')
    .option('--config <file>', 'configuration file')
    .addHelpText(
      'after',
      examples(
        'flatgate ledger prune --dry-run',
        'flatgate ledger prune --older-than 90d',
        'flatgate ledger prune --json',
      ),
    )
    .action(
      action((words: PruneWords) =>
        withGateway(
          io,
          words.config,
          { form: 'human', level: 'warn' },
          async (gateway, { config }): Promise<ExitCode> => {
            const days = daysOf(words, config)
            const isTrial = words.dryRun === true
            const outcome = await gateway.prune({ days, isTrial })
            if (words.json) io.out(JSON.stringify({ version: 1, dryRun: isTrial, days, ...outcome }, undefined, 2))
            else for (const line of lines(outcome, isTrial)) io.out(line)
            return Exit.done
          },
        ),
      ),
    )
}

/** `90d`. A number alone could be anything: `90` is refused. */
function parseDays(text: string): number {
  const days = Number(/^([1-9]\d{0,5})d$/.exec(text)?.[1])
  if (Number.isNaN(days)) throw new InvalidArgumentError('must be a number of days such as 90d.')
  return days
}

function daysOf({ olderThan }: PruneWords, { retention }: Config): Config['retention'] {
  if (olderThan !== undefined) return { historyDays: olderThan, contentsDays: olderThan }
  if (Object.values(retention).some((days) => days !== undefined)) return retention
  const reason = 'nothing says what is old: give --older-than 90d, or set `retention` in the configuration'
  throw new GatewayError('USAGE', { reason })
}

function lines({ ledger, store, accepted, rejected }: RetentionOutcome, isTrial: boolean): readonly string[] {
  const verb = isTrial ? 'would be removed' : 'removed'
  return [
    ...(ledger === undefined
      ? []
      : [
          `ledger: ${counted(ledger.events, 'step')} and ${counted(ledger.parts, 'part')} of ${counted(ledger.files, 'file')}, ` +
            `${counted(ledger.runs, 'run')}, ${counted(ledger.alarms, 'alarm')} ${verb}`,
        ]),
    ...(store === undefined
      ? []
      : [`store: ${counted(store.contents, 'content')}, ${counted(store.bytes, 'byte')} ${verb}`]),
    ...(accepted === undefined ? [] : [`accepted: ${counted(accepted, 'file')} ${verb}`]),
    ...(rejected === undefined ? [] : [`rejected: ${counted(rejected, 'file')} ${verb}`]),
  ]
}
