import { type Command, Option } from 'commander'
import { type Direction, listSchemas, type SchemaSummary } from '../../schema/index.ts'
import type { CommandContext } from '../command.ts'
import { Exit } from '../io.ts'
import { tableText } from '../print-table.ts'

interface ListWords {
  readonly direction?: Direction
  readonly folder?: string
  readonly json?: true
}

/** Declares `flatgate schema list`. */
export function declareSchemaList(schema: Command, { io, action }: CommandContext): void {
  schema
    .command('list')
    .summary('all objects, or those whose name or title has a text in it')
    .argument('[text]', 'part of the name or title')
    .addOption(new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']))
    .option('--folder <folder>', 'part of the folder on the server')
    .option('--json', 'as a JSON list, one entry for each object and direction')
    .action(
      action((text: string | undefined, words: ListWords) => {
        const found = listSchemas().filter((summary) => fits(summary, text, words))
        if (words.json) io.out(JSON.stringify(found.map(tellSummary), undefined, 2))
        else if (found.length === 0) io.out('No object fits.')
        else io.out(tableText(['object', 'direction', 'title', 'folder', 'columns', 'releases'], found.map(rowOf)))
        return Exit.done
      }),
    )
}

function fits(summary: SchemaSummary, text: string | undefined, { direction, folder }: ListWords): boolean {
  const has = (where: string, part: string): boolean => where.toLowerCase().includes(part.toLowerCase())
  return (
    (direction === undefined || summary.direction === direction) &&
    (text === undefined || has(summary.object, text) || has(summary.title, text)) &&
    (folder === undefined || has(summary.folder ?? '', folder))
  )
}

function tellSummary({ records, ...summary }: SchemaSummary): object {
  return { ...summary, records: records.map(({ name }) => name) }
}

function rowOf({ object, direction, title, folder, columnCount, releases }: SchemaSummary): (string | number)[] {
  return [object, direction, title, folder ?? '-', columnCount, releases]
}
