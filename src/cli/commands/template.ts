import { schemaFor } from '../../app/index.ts'
import { encodeRecord } from '../../csv/index.ts'
import type { Direction } from '../../schema/index.ts'
import { templateRows } from '../../schema/index.ts'
import { Option } from 'commander'
import { defineCommand, examples } from '../command.ts'
import { Exit } from '../io.ts'
import { openConfigOrDefaults } from '../open.ts'

interface TemplateWords {
  readonly direction: Direction
  readonly release?: string
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
      .option('--header-only', 'without the sample row')
      .option('--config <file>', 'configuration with release and custom fields')
      .addHelpText(
        'after',
        examples('flatgate template users > users.csv', 'flatgate template suppliers --header-only'),
      )
      .action(
        action((object: string, words: TemplateWords) => {
          const config = openConfigOrDefaults(io, words.config)
          const rows = templateRows(schemaFor(config, object, words.direction, words.release))
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
