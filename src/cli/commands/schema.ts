import { Option } from 'commander'
import { schemaFor } from '../../app/index.ts'
import {
  describeReleases,
  type Direction,
  listSchemas,
  type SchemaColumn,
  type SchemaSummary,
} from '../../schema/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type Io } from '../io.ts'
import { openInstance } from '../open.ts'
import { tableText } from '../print-table.ts'

interface ListWords {
  readonly direction?: Direction
  readonly folder?: string
  readonly json?: true
}

interface ShowWords {
  readonly direction: Direction
  readonly release?: string
  readonly record?: string
  readonly json?: true
  readonly config?: string
}

/** `flatgate schema`: what flatgate knows of Coupa's formats. */
export const schemaCommand = defineCommand({
  name: 'schema',
  declare(program, { io, action }) {
    const schema = program
      .command('schema')
      .summary('the formats of Coupa objects')
      .addHelpText(
        'after',
        examples('flatgate schema list', 'flatgate schema list tax --json', 'flatgate schema show users'),
      )
    schema
      .command('list')
      .summary('all objects, or those whose name or title has a text in it')
      .argument('[text]', 'part of the name or title')
      .addOption(new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']))
      .option('--folder <folder>', 'part of the folder on the server')
      .option('--json', 'as JSON')
      .action(
        action((text: string | undefined, words: ListWords) => {
          const found = listSchemas().filter((summary) => fits(summary, text, words))
          if (words.json)
            io.out(
              JSON.stringify(
                {
                  version: 1,
                  schemas: found.map(({ records, ...summary }) => ({
                    ...summary,
                    records: records.map(({ name }) => name),
                  })),
                },
                undefined,
                2,
              ),
            )
          else if (found.length === 0) io.out('No object fits.')
          else {
            const rows = found.map(({ object, direction, title, folder, columnCount, releases }) => [
              object,
              direction,
              title,
              folder ?? '-',
              columnCount,
              releases,
            ])
            io.out(tableText(['object', 'direction', 'title', 'folder', 'columns', 'releases'], rows))
          }
          return Exit.done
        }),
      )
    schema
      .command('show')
      .summary('columns of an object with their rules')
      .argument('<object>', 'as `schema list` names it')
      .addOption(
        new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']).default('import'),
      )
      .option('--release <release>', 'Coupa release')
      .option('--record <name>', 'only this record type')
      .option('--json', 'as JSON')
      .option('--config <file>', 'configuration with custom fields')
      .action(action((object: string, words: ShowWords) => show(io, object, words)))
  },
})

function fits(summary: SchemaSummary, text: string | undefined, { direction, folder }: ListWords): boolean {
  const has = (where: string, part: string): boolean => where.toLowerCase().includes(part.toLowerCase())
  return (
    (direction === undefined || summary.direction === direction) &&
    (text === undefined || has(summary.object, text) || has(summary.title, text)) &&
    (folder === undefined || has(summary.folder ?? '', folder))
  )
}

async function show(io: Io, object: string, words: ShowWords): Promise<typeof Exit.done> {
  const instance = await openInstance(io, words.config)
  const schema = await schemaFor(instance, object, words.direction, words.release)
  const records = schema.records.filter(
    ({ name }) => words.record === undefined || name.toLowerCase() === words.record.toLowerCase(),
  )
  const { definition, release } = schema
  if (words.json) {
    const told = records.map(({ findColumn: _findColumn, ...record }) => record)
    io.out(JSON.stringify({ version: 1, release, ...definition, records: told }, undefined, 2))
    return Exit.done
  }
  io.out(`${definition.title}: ${definition.object} ${definition.direction}, release ${release}`)
  io.out(
    `Folder ${definition.folder ?? 'not documented'}${definition.isFolderInferred ? ' (inferred)' : ''}; source: ${definition.source}`,
  )
  if (definition.noSftp !== undefined) io.out(`Not over SFTP: ${definition.noSftp}`)
  if (definition.keys.length > 0) io.out(`Keys: ${definition.keys.map((key) => key.join(' + ')).join(', then ')}`)
  for (const note of [...(definition.notes ?? []), ...(definition.uncertain ?? [])]) io.out(`Note: ${note}`)
  for (const { name, columns, isSeparateFile } of records) {
    const rows = columns
      .filter(({ isInRelease }) => isInRelease)
      .map((column) => [
        column.name,
        typeText(column),
        ruleText(column),
        column.isCustom ? 'custom field' : describeReleases(column.releases),
      ])
    io.out(`\n${name}${isSeparateFile ? ' (a file of its own)' : ''}`)
    io.out(tableText(['column', 'type', 'rules', 'releases'], rows))
  }
  return Exit.done
}

function typeText({ type, length, precision, scale, format }: SchemaColumn): string {
  const size = length !== undefined ? `(${length})` : precision !== undefined ? `(${precision},${scale ?? 0})` : ''
  return [type + size, ...(format === undefined ? [] : [format])].join(' ')
}

function ruleText(column: SchemaColumn): string {
  const { allowed, references } = column
  return [
    column.required ? 'required' : '',
    column.unique ? 'unique' : '',
    column.requiredWhen || column.requiredUnless ? 'required at times' : '',
    allowed ? `one of ${allowed.slice(0, 6).join(' | ')}${allowed.length > 6 ? ' | …' : ''}` : '',
    references ? `names ${references.object}${references.by === undefined ? '' : ` by ${references.by}`}` : '',
    column.list ? `list, ${JSON.stringify(column.list.separator)} between` : '',
    column.noGapsWith === undefined ? '' : `only with ${column.noGapsWith}`,
  ]
    .filter((rule) => rule !== '')
    .join('; ')
}
