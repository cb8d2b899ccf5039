import { type Command, Option } from 'commander'
import { GatewayError } from '../../base/index.ts'
import {
  asDot,
  asMermaid,
  listSchemas,
  type LoadEdge,
  type LoadOrder,
  loadOrder,
  loadSchema,
  neededFor,
} from '../../schema/index.ts'
import type { CommandContext } from '../command.ts'
import { Exit } from '../io.ts'
import { wordList } from '../words.ts'

interface GraphWords {
  readonly format: 'text' | 'mermaid' | 'dot' | 'json'
  readonly object?: readonly string[]
}

/** Declares `flatgate schema graph`. */
export function declareSchemaGraph(schema: Command, { io, action }: CommandContext): void {
  schema
    .command('graph')
    .summary('the order in which objects must be loaded')
    .addOption(
      new Option('--format <format>', 'text, a picture, or JSON')
        .choices(['text', 'mermaid', 'dot', 'json'])
        .default('text'),
    )
    .option('--object <objects>', 'only these and what they need; names with commas between', wordList)
    .action(
      action((words: GraphWords) => {
        const objects = listSchemas().flatMap(({ object, direction }) => (direction === 'import' ? [object] : []))
        const lost = words.object?.find((object) => !objects.includes(object))
        if (lost !== undefined) throw new GatewayError('SCHEMA_UNKNOWN', { object: lost, direction: 'import' })
        const whole = loadOrder(objects.map((object) => loadSchema(object, 'import')))
        io.out(written(words.object === undefined ? whole : neededFor(whole, words.object), words.format))
        return Exit.done
      }),
    )
}

function written(order: LoadOrder, format: GraphWords['format']): string {
  switch (format) {
    case 'text':
      return asText(order)
    case 'mermaid':
      return asMermaid(order)
    case 'dot':
      return asDot(order)
    case 'json':
      return JSON.stringify({ version: 1, ...order }, undefined, 2)
    default:
      return format satisfies never
  }
}

function asText({ steps, edges, broken }: LoadOrder): string {
  const tied = new Set(edges.flatMap(({ object, needs }) => [object, needs]))
  const numbered = steps.map((step) => step.filter((object) => tied.has(object))).filter((step) => step.length > 0)
  const free = steps.flat().filter((object) => !tied.has(object))
  return [
    ...numbered.map((step, index) => `${index + 1}. ${step.join(', ')}`),
    ...(free.length === 0 ? [] : [`At any time: ${free.join(', ')}`]),
    ...(broken.length === 0 ? [] : ['', 'What no order can keep:', ...broken.map(brokenText)]),
  ].join('\n')
}

function brokenText({ object, needs, columns }: LoadEdge): string {
  return object === needs
    ? `  ${object} name each other (${columns.join(', ')}): put those that are named first in the file`
    : `  ${object} name ${needs} (${columns.join(', ')}), which need them too: load ${object} without, and again with them`
}
