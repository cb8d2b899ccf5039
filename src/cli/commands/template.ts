import { schemaFor } from '../../app/index.ts'
import { encodeRecord } from '../../csv/index.ts'
import { GatewayError } from '../../base/index.ts'
import { type Direction, type FileSchema, type TemplateRow, templateRows } from '../../schema/index.ts'
import { Option } from 'commander'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { openInstance } from '../open.ts'

interface TemplateWords {
  readonly direction: Direction
  readonly release?: string
  readonly record?: string
  readonly headerOnly?: true
  readonly config?: string
}

/** `flatgate template`: a CSV file to begin with. */
export const templateCommand = defineCommand({
  name: 'template',
  declare(program, { io, action }) {
    program
      .command('template')
      .summary('a CSV file with the header and a valid sample row')
      .argument('<object>', 'as `flatgate schema list` names it')
      .addOption(
        new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']).default('import'),
      )
      .option('--release <release>', 'Coupa release')
      .option('--record <name>', 'of one record type alone, such as those that are files of their own')
      .option('--header-only', 'without the sample row')
      .option('--config <file>', 'configuration with release and custom fields')
      .addHelpText(
        'after',
        examples(
          'flatgate template users > users.csv',
          'flatgate template suppliers --header-only',
          'flatgate template accounts --record "Account Group"',
        ),
      )
      .action(
        action(async (object: string, words: TemplateWords) => {
          const instance = await openInstance(io, words.config)
          const schema = await schemaFor(instance, object, words.direction, words.release)
          const rows = rowsOfFile(schema, words.record)
          const records = [
            ...rows.map(({ header }) => header),
            ...(words.headerOnly ? [] : rows.map(({ sample }) => sample)),
          ]
          io.out(
            records
              .map((fields) => encodeRecord(fields, '\n'))
              .join('')
              .trimEnd(),
          )
          return Exit.done
        }),
      )
  },
})

/** The record types that stand together in one file, or the one that is asked for. */
function rowsOfFile(schema: FileSchema, wanted: string | undefined): readonly TemplateRow[] {
  const { object, direction, records } = schema
  const same = (name: string): boolean => name.toLowerCase() === wanted?.toLowerCase()
  const name = records.find((record) => same(record.name))?.name
  if (wanted !== undefined && name === undefined) {
    const known = records.map((record) => record.name).join(', ')
    throw new GatewayError('USAGE', { reason: `${object} has no record type "${wanted}"; it has ${known}` })
  }
  const rows = templateRows(schema, name).filter(({ isSeparateFile }) => name !== undefined || !isSeparateFile)
  if (rows.length > 0) return rows
  throw new GatewayError('USAGE', {
    reason: `no column of ${object} (${direction}) is known but custom fields of each instance`,
  })
}
