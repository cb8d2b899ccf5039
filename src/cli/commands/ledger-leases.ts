import type { Command } from 'commander'
import { type HeldLease, heldLeases, releasableLease, releaseUnrenewed } from '../../app/index.ts'
import { systemClock } from '../../base/index.ts'
import { askYes } from '../ask-yes.ts'
import { type CommandContext, examples } from '../command.ts'
import { Exit, type ExitCode } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { instantText, shown } from '../words.ts'

interface LeaseWords {
  readonly yes?: true
  readonly json?: true
  readonly config?: string
}

const QUIET = { form: 'human', level: 'error' } as const

/** `flatgate ledger leases` and `release`: who works on what alone, and what a person may take from a process that is gone. */
export function declareLeases(ledger: Command, context: CommandContext): void {
  declareList(ledger, context)
  declareRelease(ledger, context)
}

function declareList(ledger: Command, { io, action }: CommandContext): void {
  ledger
    .command('leases')
    .summary('which flows, folders and connections a process holds')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', examples('flatgate ledger leases', 'flatgate ledger leases --json'))
    .action(
      action((words: LeaseWords) =>
        withGateway(io, words.config, QUIET, async (gateway): Promise<ExitCode> => {
          const leases = await heldLeases(gateway.ledger, systemClock.now())
          if (words.json) io.out(JSON.stringify({ version: 1, leases: leases.map(asJson) }, undefined, 2))
          else io.out(leases.length === 0 ? 'Nothing is held.' : listText(leases))
          if (leases.some(({ isAhead }) => isAhead))
            io.err(
              '→ a clock was ahead: it is free by itself once two calls saw for two minutes that nobody renewed it',
            )
          return Exit.done
        }),
      ),
    )
}

function declareRelease(ledger: Command, { io, action }: CommandContext): void {
  ledger
    .command('release')
    .summary('free what a process held whose clock was ahead, and that is gone')
    .description(
      'Only for a lease that a clock wrote that was ahead, and whose process cannot be asked after from here. One of a process\n' +
        'that runs on this machine is refused, and one that ends by itself within two minutes. Make sure that no flatgate of\n' +
        'another machine or container works with this ledger.',
    )
    .argument('<lease>', 'its name, as `flatgate ledger leases` has it')
    .option('--yes', 'do not ask; nobody is asked where stdin is no terminal')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', examples('flatgate ledger release "flow users"'))
    .action(
      action((name: string, words: LeaseWords) =>
        withGateway(io, words.config, QUIET, async (gateway): Promise<ExitCode> => {
          const lease = await releasableLease(gateway.ledger, name, systemClock.now())
          if (io.isInputTerminal && !words.yes) {
            io.err(`${shown(name)}: ${holderText(lease)}, until ${instantText(lease.expiresAt)}`)
            io.err('  If it does run, two processes may do the same work until it notices, within half a minute.')
            if (!(await askYes(io, 'Free it?'))) {
              io.err('Nothing was freed.')
              return Exit.usage
            }
          }
          await releaseUnrenewed(gateway.ledger, lease)
          io.out(
            words.json
              ? JSON.stringify({ version: 1, released: asJson(lease) }, undefined, 2)
              : `${shown(name)} is free. The next run takes it.`,
          )
          return Exit.done
        }),
      ),
    )
}

function listText(leases: readonly HeldLease[]): string {
  const rows = leases.map((lease) => [
    shown(lease.name),
    instantText(lease.expiresAt),
    `${holderText(lease)}${lease.isAhead ? '; its clock was ahead' : ''}`,
  ])
  return tableText(['lease', 'until', 'holder'], rows)
}

function holderText({ pid, holder }: HeldLease): string {
  return holder === 'running'
    ? `process ${pid}, which runs`
    : `process ${pid} of another machine or container, or from before this machine was started`
}

function asJson({ name, expiresAt, watchedSince, pid, holder, isAhead }: HeldLease): object {
  return { name, expiresAt, watchedSince, pid, holder, isAhead }
}
