import { type Command, Option } from 'commander'
import { schemaFor } from '../../app/index.ts'
import { GatewayError } from '../../base/index.ts'
import {
  describeReleases,
  describeRules,
  describeType,
  type Direction,
  doubtsOf,
  type FileSchema,
  type RecordSchema,
  type SchemaColumn,
} from '../../schema/index.ts'
import type { CommandContext } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { openInstance } from '../open.ts'
import { tableText } from '../print-table.ts'

interface ShowWords {
  readonly direction: Direction
  readonly release?: string
  readonly record?: string
  readonly json?: true
  readonly config?: string
}

/** Declares `flatgate schema show`. */
export function declareSchemaShow(schema: Command, { io, action }: CommandContext): void {
  schema
    .command('show')
    .summary('columns of an object with their rules')
    .argument('<object>', 'as `schema list` names it')
    .addOption(
      new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']).default('import'),
    )
    .option('--release <release>', 'Coupa release')
    .option('--record <name>', 'only this record type, such as "Invoice Line"')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration with custom fields')
    .action(action((object: string, words: ShowWords) => show(io, object, words)))
}

async function show(io: Io, object: string, words: ShowWords): Promise<ExitCode> {
  const instance = await openInstance(io, words.config)
  const schema = await schemaFor(instance, object, words.direction, words.release)
  const records = chosenRecords(schema, words.record)
  const { definition, release } = schema
  if (words.json) {
    const told = records.map(({ findColumn: _findColumn, ...record }) => record)
    io.out(JSON.stringify({ version: 1, release, ...definition, records: told }, undefined, 2))
    return Exit.done
  }
  for (const line of headLines(schema)) io.out(line)
  for (const { name, columns, isSeparateFile } of records) {
    const rows = columns.filter(({ isInRelease }) => isInRelease).map(rowOf)
    io.out(`\n${name}${isSeparateFile ? ' (a file of its own)' : ''}`)
    io.out(tableText(['column', 'type', 'rules', 'releases'], rows))
  }
  return Exit.done
}

function chosenRecords({ object, records }: FileSchema, wanted: string | undefined): readonly RecordSchema[] {
  if (wanted === undefined) return records
  const found = records.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (found.length > 0) return found
  const known = records.map(({ name }) => name).join(', ')
  throw new GatewayError('USAGE', { reason: `${object} has no record type "${wanted}"; it has ${known}` })
}

function headLines({ definition, release }: FileSchema): readonly string[] {
  const { title, object, direction, folder, isFolderInferred, source, noSftp, keys, notes, uncertain } = definition
  return [
    `${title}: ${object} ${direction}, release ${release}`,
    `Folder ${folder ?? 'not documented'}${isFolderInferred ? ' (inferred)' : ''}; source: ${source}`,
    ...(noSftp === undefined ? [] : [`Not over SFTP: ${noSftp}`]),
    ...(keys.length === 0 ? [] : [`Keys: ${keys.map((key) => key.join(' + ')).join(', then ')}`]),
    ...[...(notes ?? []), ...(uncertain ?? [])].map((note) => `Note: ${note}`),
  ]
}

/** House: more values of an enumeration make the table unreadable; `--json` has them all. */
const MOST_VALUES = 6

function rowOf(column: SchemaColumn): readonly string[] {
  const doubts = doubtsOf(column)
  const rules = [
    ...describeRules(column, { mostValues: MOST_VALUES }),
    ...(doubts.length === 0 ? [] : [`uncertain: ${doubts.join(', ')}`]),
  ]
  const releases = column.isCustom ? 'custom field' : describeReleases(column.releases)
  return [column.name, describeType(column), rules.join('; '), releases]
}
