import type { Gateway, ResendPlan } from '../../app/index.ts'
import { ERROR_TABLE } from '../../base/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tellOutcomes } from '../tell-outcomes.ts'
import { counted, instantText, shown, wholeNumber } from '../words.ts'
import { waitUntilTaken } from './run.ts'

interface ResendWords {
  readonly evenIfNewer?: true
  readonly dryRun?: true
  readonly wait?: number
  readonly json?: true
  readonly verbose?: true
  readonly config?: string
}

/** `flatgate resend`: what was sent before, once more, out of the store. */
export const resendCommand = defineCommand({
  name: 'resend',
  declare(program, { io, action }) {
    program
      .command('resend')
      .summary('send again what was sent before')
      .description(
        'Sends the same bytes once more, out of the store, under new names. Refuses with exit code 5 while it is not clear ' +
          'what became of them, and where newer files were sent to the same place since: their state would be overwritten.',
      )
      .argument('<file>', 'name of a file or of a part, or a reference (its beginning is enough)')
      .option('--even-if-newer', 'send it although newer files were sent since')
      .option('--dry-run', 'tell what would be sent; nothing is recorded and nothing is sent')
      .option('--wait <seconds>', 'wait so long for Coupa to take it', wholeNumber())
      .option('--json', 'tell the result as JSON')
      .option('--verbose', 'log every step')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples(
          'flatgate resend hr.csv --dry-run',
          'flatgate resend 1m7y0qrrnmcjb19p --wait 600',
          'flatgate resend users_20261120_040000Z_0002.csv --even-if-newer',
        ),
      )
      .action(
        action((name: string, words: ResendWords) =>
          withGateway(io, words.config, { form: 'human', level: words.verbose ? 'debug' : 'error' }, (gateway) =>
            words.dryRun ? dryRun(io, gateway, name, words) : sendAgain(io, gateway, name, words),
          ),
        ),
      )
  },
})

async function sendAgain(io: Io, gateway: Gateway, name: string, words: ResendWords): Promise<ExitCode> {
  const { plan, outcome } = await gateway.resend(name, { isEvenIfNewer: words.evenIfNewer === true })
  const outcomes = await waitUntilTaken(io, gateway, [outcome], words.wait)
  const telling = { isAwaited: words.wait !== undefined, alarms: gateway.newAlarms() }
  if (words.json) return tellOutcomes(io, outcomes, { ...telling, isJson: true, besides: planAsJson(plan) })
  tellPlan(io, plan, 'Sent again:')
  return tellOutcomes(io, outcomes, { ...telling, isJson: false })
}

async function dryRun(io: Io, gateway: Gateway, name: string, words: ResendWords): Promise<ExitCode> {
  const plan = await gateway.planResend(name)
  const isRefused = plan.newer.length > 0 && !words.evenIfNewer
  if (words.json) io.out(JSON.stringify({ version: 1, ...planAsJson(plan), isRefused }, undefined, 2))
  else {
    tellPlan(io, plan, 'Would be sent again:')
    if (isRefused)
      io.err(`It would be refused: ${ERROR_TABLE.RESEND_OVERTAKEN.summary}\n  → ${ERROR_TABLE.RESEND_OVERTAKEN.next}`)
  }
  return isRefused ? Exit.unclear : Exit.done
}

function tellPlan(io: Io, { sources, newer }: ResendPlan, opening: string): void {
  io.out(opening)
  for (const { file, parts } of sources) {
    io.out(`  ${shown(file.name)}, accepted ${instantText(file.acceptedAt)}, reference ${file.id}`)
    for (const { name, rows, firstRow, lastRow, sizeBytes, state } of parts) {
      io.out(
        `    ${name}: ${counted(rows, 'row')} (${firstRow} to ${lastRow}), ${counted(sizeBytes, 'byte')}, ${state}`,
      )
    }
  }
  if (newer.length === 0) return
  io.out('Newer, for the same object and place:')
  for (const { name, id, state, acceptedAt } of newer) {
    io.out(`  ${shown(name)}, accepted ${instantText(acceptedAt)}, ${state}, reference ${id}`)
  }
}

function planAsJson({ sources, newer }: ResendPlan): object {
  return { resent: sources, newer }
}
