import { resolve } from 'node:path'
import type { Command } from 'commander'
import { backUpLedger, reviewLedger } from '../../app/index.ts'
import { systemClock } from '../../base/index.ts'
import { type CommandContext, defineCommand, examples } from '../command.ts'
import { Exit, type ExitCode } from '../io.ts'
import { openConfig } from '../open.ts'
import { counted, shown } from '../words.ts'
import { declareLeases } from './ledger-leases.ts'
import { declarePrune } from './ledger-prune.ts'

interface CareWords {
  readonly to?: string
  readonly json?: true
  readonly config?: string
}

/** `flatgate ledger`: what keeps the memory of the gateway safe and small. */
export const ledgerCommand = defineCommand({
  name: 'ledger',
  declare(program, context) {
    const ledger = program
      .command('ledger')
      .summary('back up, check and prune the ledger; who holds what')
      .addHelpText(
        'after',
        examples(
          'flatgate ledger backup --to /backup/ledger.sqlite',
          'flatgate ledger check',
          'flatgate ledger prune --older-than 90d --dry-run',
          'flatgate ledger leases',
        ),
      )
    declareBackup(ledger, context)
    declareCheck(ledger, context)
    declarePrune(ledger, context)
    declareLeases(ledger, context)
  },
})

/** Exit 1: the copy was made, and what was copied is not as it should be. */
function declareBackup(ledger: Command, { io, action }: CommandContext): void {
  ledger
    .command('backup')
    .summary('copy the ledger while others work with it')
    .description(
      'Makes one file that holds the ledger as it is at one instant, reads it back, and only then gives it its name.\n' +
        'Nothing is replaced. Copy the content store afterwards, so that all that the ledger names is in the copy.',
    )
    .option('--to <file>', 'where to; backups/ledger_<instant>.sqlite in the state folder when absent')
    .option('--json', 'tell the result as JSON')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', examples('flatgate ledger backup', 'flatgate ledger backup --to /backup/ledger.sqlite'))
    .action(
      action(async (words: CareWords): Promise<ExitCode> => {
        const loaded = await openConfig(io, words.config)
        const to = words.to === undefined ? undefined : resolve(io.folder, words.to)
        const backup = await backUpLedger(loaded, to, systemClock.now())
        if (words.json) io.out(JSON.stringify({ version: 1, ...backup }, undefined, 2))
        else io.out(`${backup.path}: ${counted(backup.sizeBytes, 'byte')}, read back`)
        for (const { message } of words.json ? [] : backup.findings)
          io.err(`in the ledger, and so in its copy: ${shown(message)}`)
        return backup.findings.length === 0 ? Exit.done : Exit.findings
      }),
    )
}

/** Exit 1: findings; 4: the file itself is damaged. */
function declareCheck(ledger: Command, { io, action }: CommandContext): void {
  ledger
    .command('check')
    .summary('read the whole ledger and say what is not as it should be')
    .description(
      'Looks at the file itself, references, states, order and sequences, and whether the store has every content that a\n' +
        'file on its way needs. Changes nothing. Exit code 1: findings; 4: the ledger is damaged.',
    )
    .option('--json', 'tell the result as JSON')
    .option('--config <file>', 'configuration file')
    .addHelpText('after', examples('flatgate ledger check', 'flatgate ledger check --json'))
    .action(
      action(async (words: CareWords): Promise<ExitCode> => {
        const loaded = await openConfig(io, words.config)
        const { version, ...review } = await reviewLedger(loaded, systemClock.now())
        if (words.json) io.out(JSON.stringify({ version: 1, ledgerVersion: version, ...review }, undefined, 2))
        else {
          for (const { code, message } of review.findings) io.out(`${code}: ${shown(message)}`)
          const verdict = review.findings.length === 0 ? 'all is well' : counted(review.findings.length, 'finding')
          io.out(`${review.path}: ${verdict}`)
        }
        if (review.findings.some(({ code }) => code === 'damaged')) return Exit.permanent
        return review.findings.length === 0 ? Exit.done : Exit.findings
      }),
    )
}
