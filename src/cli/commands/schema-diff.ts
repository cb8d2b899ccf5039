import { type Command, Option } from 'commander'
import { usedColumns, type UsedColumns } from '../../app/index.ts'
import {
  type ColumnDifference,
  diffReleases,
  type Direction,
  listSchemas,
  loadSchema,
  parseRelease,
  type SchemaDifference,
} from '../../schema/index.ts'
import type { CommandContext } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { openConfig } from '../open.ts'
import { tableText } from '../print-table.ts'
import { wordList } from '../words.ts'

interface DiffWords {
  readonly object?: readonly string[]
  readonly direction?: Direction
  readonly used?: true
  readonly json?: true
  readonly config?: string
}

/** Declares `flatgate schema diff`. */
export function declareSchemaDiff(schema: Command, { io, action }: CommandContext): void {
  schema
    .command('diff')
    .summary('what two releases of Coupa have in different ways')
    .description(
      'Columns that the later release has, lacks, or asks for.\n' +
        'Nothing is known of the releases between R35 and 2026, and absence is no proof that Coupa removed a column.',
    )
    .argument('<from>', 'release, such as R34')
    .argument('<to>', 'release, such as 2026')
    .option('--object <objects>', 'only these; names with commas between', wordList)
    .addOption(new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']))
    .option('--used', 'only columns that flows, mappings and custom fields of the configuration use')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration, for --used')
    .action(action((from: string, to: string, words: DiffWords) => diff(io, from, to, words)))
}

async function diff(io: Io, from: string, to: string, words: DiffWords): Promise<ExitCode> {
  const releases = { from: parseRelease(from), to: parseRelease(to) }
  const used = words.used ? usedColumns((await openConfig(io, words.config)).config) : undefined
  const found = chosen(words).flatMap(({ object, direction }) => {
    const use = used?.find((one) => one.object === object && one.direction === direction)
    if (used !== undefined && use === undefined) return []
    const difference = onlyUsed(diffReleases(loadSchema(object, direction), releases.from, releases.to), use)
    const isSame = difference.presence === 'both' && difference.columns.length === 0
    return isSame || difference.presence === 'neither'
      ? []
      : [{ ...difference, ...(use && { flows: use.flows, isWhole: use.isWhole }) }]
  })
  if (words.json) {
    io.out(JSON.stringify({ version: 1, ...releases, objects: found }, undefined, 2))
    return Exit.done
  }
  if (found.length === 0) io.out(`Nothing differs between ${releases.from} and ${releases.to}.`)
  for (const [index, difference] of found.entries()) {
    if (index > 0) io.out('')
    io.out(asText(difference, releases.to))
  }
  for (const { object, flows, isWhole } of used ?? []) {
    if (isWhole) io.err(`${flows.join(', ')}: no mapping names the columns of ${object}, so all of them count as used`)
  }
  return Exit.done
}

/** @throws {GatewayError} `SCHEMA_UNKNOWN` a named object does not exist in the direction, or in none. */
function chosen({ object: names, direction }: DiffWords): readonly { object: string; direction: Direction }[] {
  const all = listSchemas().filter((summary) => direction === undefined || summary.direction === direction)
  if (names === undefined) return all
  return names.flatMap((name): readonly { object: string; direction: Direction }[] => {
    const found = all.filter(({ object }) => object === name)
    return found.length > 0 ? found : [loadSchema(name, direction ?? 'import')]
  })
}

function onlyUsed(difference: SchemaDifference, use: UsedColumns | undefined): SchemaDifference {
  return use === undefined
    ? difference
    : { ...difference, columns: difference.columns.filter(({ column }) => use.has(column)) }
}

const SIGNS: Readonly<Record<ColumnDifference['kind'], string>> = { added: '+', missing: '-', changed: '~' }

function asText({ object, direction, presence, columns }: SchemaDifference, to: string): string {
  const title = `${object} ${direction}`
  if (presence === 'added') return `+ ${title}: the whole object is only in ${to}`
  if (presence === 'missing') return `- ${title}: the whole object is not in ${to}, which need not mean removed`
  const isOne = new Set(columns.map(({ record }) => record)).size === 1
  const rows = columns.map(({ record, column, kind, detail }) => [
    SIGNS[kind],
    isOne ? column : `${record}: ${column}`,
    detail,
  ])
  return `${title}\n${tableText(['', 'column', 'difference'], rows)}`
}
