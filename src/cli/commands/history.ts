import { GatewayError } from '../../base/index.ts'
import type { FileRecord } from '../../ledger/index.ts'
import type { Gateway } from '../../app/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type Io } from '../io.ts'
import { withGateway } from '../open.ts'
import { tableText } from '../print-table.ts'
import { instantText, wholeNumber } from '../words.ts'

interface HistoryWords {
  readonly flow?: string
  readonly limit: number
  readonly json?: true
  readonly config?: string
}

/** `flatgate history`: the files of the ledger, or every step of one. */
export const historyCommand = defineCommand({
  name: 'history',
  declare(program, { io, action }) {
    program
      .command('history')
      .summary('files and what happened to them')
      .argument('[file]', 'name of a file or of a part, or a reference (its beginning is enough): every step of it')
      .option('--flow <name>', 'only files of this flow')
      .option('--limit <count>', 'newest files to list', wholeNumber(), 20)
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration file')
      .addHelpText(
        'after',
        examples(
          'flatgate history',
          'flatgate history hr.csv',
          'flatgate history users_20261120_040000Z_0001.csv --json',
        ),
      )
      .action(
        action((name: string | undefined, words: HistoryWords) =>
          withGateway(io, words.config, { form: 'human', level: 'warn' }, async (gateway) => {
            const files = await gateway.ledger.findFiles({
              ...(words.flow === undefined ? {} : { flow: words.flow }),
              ...(name === undefined ? {} : { idOrName: name }),
              limit: words.limit,
            })
            if (name === undefined) listFiles(io, files, words.json === true)
            else await tellFiles(io, gateway, { name, files, isJson: words.json === true })
            return Exit.done
          }),
        ),
      )
  },
})

function listFiles(io: Io, files: readonly FileRecord[], isJson: boolean): void {
  if (isJson) {
    io.out(JSON.stringify({ version: 1, files }, undefined, 2))
    return
  }
  const rows = files.map((file) => [
    instantText(file.acceptedAt),
    file.flow,
    file.name,
    file.state,
    file.rows ?? '-',
    file.id,
  ])
  io.out(
    rows.length === 0
      ? 'The ledger knows no file yet.'
      : tableText(['accepted', 'flow', 'file', 'state', 'rows', 'reference'], rows),
  )
}

async function tellFiles(
  io: Io,
  { ledger }: Gateway,
  { name, files, isJson }: { name: string; files: readonly FileRecord[]; isJson: boolean },
): Promise<void> {
  if (files.length === 0) throw new GatewayError('HISTORY_UNKNOWN', { file: name })
  const told = await Promise.all(
    files.map(async (file) => ({
      ...file,
      parts: await ledger.partsOf(file.id),
      steps: await ledger.eventsOf(file.id),
      ...(file.earlierId === undefined ? {} : { earlier: await ledger.findFile(file.earlierId) }),
      // Files that have its content: repeats of it, and those that a person had sent again.
      later: (await ledger.findFiles({ earlierId: file.id, limit: 100 })).toReversed(),
    })),
  )
  if (isJson) {
    io.out(JSON.stringify({ version: 1, files: told }, undefined, 2))
    return
  }
  for (const file of told) {
    io.out(
      `${file.name}  ${file.object} ${file.direction}  ${file.state}${file.reason === undefined ? '' : ` (${file.reason})`}`,
    )
    io.out(`  reference ${file.id}, ${file.sizeBytes} bytes, ${file.rows ?? '-'} rows, SHA-256 ${file.sha256}`)
    if (file.earlier !== undefined) io.out(`  has the content of ${related(file.earlier)}`)
    for (const later of file.later) io.out(`  its content came again as ${related(later)}`)
    const parts = file.parts.map((part) => [
      `  ${part.name}`,
      part.state,
      part.rows,
      `${part.firstRow}-${part.lastRow}`,
      part.sizeBytes,
      part.evidence ?? '',
    ])
    if (parts.length > 0) io.out(`\n${tableText(['  part', 'state', 'rows', 'from-to', 'bytes', 'evidence'], parts)}`)
    const steps = file.steps.map((step) => [`  ${instantText(step.at)}`, step.step, factsText(step.facts)])
    io.out(`\n${tableText(['  at', 'step', 'facts'], steps)}\n`)
  }
}

function related({ id, name, state, acceptedAt, origin }: FileRecord): string {
  const how = origin.startsWith('resend of ') ? ', sent again by a person' : ''
  return `${name}, accepted ${instantText(acceptedAt)}, reference ${id}: ${state}${how}`
}

function factsText(facts: Readonly<Record<string, string | number>>): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
}
