import { GatewayError } from '../../base/index.ts'
import type { AcceptedCount } from '../../ledger/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { counted, instantText } from '../words.ts'

interface MemoryWords {
  readonly forget?: true
  readonly target?: string
  readonly object?: string
  readonly before?: string
  readonly all?: true
  readonly json?: true
  readonly config?: string
}

/** `flatgate memory`: what is remembered of the rows that Coupa took. */
export const memoryCommand = defineCommand({
  name: 'memory',
  declare(program, { io, action }) {
    program
      .command('memory')
      .summary('what is remembered of the rows that Coupa took, and forgetting it')
      .option('--forget', 'forget what the other options name; at least one of them is needed')
      .option('--target <label>', 'of this server, as the list shows it')
      .option('--object <name>', 'of this object')
      .option('--before <date>', 'only what no file taken since then had, such as 2026-01-31')
      .option('--all', 'everything')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples('flatgate memory', 'flatgate memory --forget --object suppliers', 'flatgate memory --forget --all'),
      )
      .action(
        action((words: MemoryWords) => {
          const { target, object, all } = words
          const before = words.before === undefined ? undefined : dayOf(words.before)
          const query = {
            ...(target === undefined ? {} : { target }),
            ...(object === undefined ? {} : { object }),
            ...(before === undefined ? {} : { before }),
          }
          if (words.forget && !all && Object.keys(query).length === 0)
            throw new GatewayError('USAGE', { reason: '--forget needs --target, --object, --before or --all' })
          return withGateway(io, words.config, { form: 'human', level: 'warn' }, async ({ ledger }) => {
            if (words.forget) {
              const { forgetAccepted } = await import('../../ledger/index.ts')
              const forgotten = await forgetAccepted(ledger, query)
              io.out(
                words.json
                  ? JSON.stringify({ version: 1, forgotten }, undefined, 2)
                  : `${counted(forgotten, 'key')} forgotten`,
              )
              return Exit.done
            }
            const lists = (await ledger.countAcceptedKeys()).filter(
              (list) =>
                (target ?? list.target) === list.target &&
                (object ?? list.object) === list.object &&
                (before === undefined || list.lastTakenAt < before),
            )
            io.out(words.json ? JSON.stringify({ version: 1, lists }, undefined, 2) : listText(lists))
            return Exit.done
          })
        }),
      )
  },
})

function listText(lists: readonly AcceptedCount[]): string {
  if (lists.length === 0) return 'Nothing is remembered yet: no file was taken, or it was forgotten.'
  const rows = lists.map(({ target, object, columns, keys, lastTakenAt }) => [
    target,
    object,
    columns,
    keys,
    instantText(lastTakenAt),
  ])
  return tableText(['server', 'object', 'key', 'keys', 'last taken'], rows)
}

function dayOf(text: string): Date {
  const day = new Date(text)
  if (Number.isNaN(day.getTime())) throw new GatewayError('USAGE', { reason: `--before ${text} is no date` })
  return day
}
