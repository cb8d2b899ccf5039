import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { addCustomFields, customFieldsText, type NewCustomField, schemaFor } from '../../app/index.ts'
import { asGatewayError, GatewayError, isCode, writeFileWhole } from '../../base/index.ts'
import {
  compareTemplate,
  describeReleases,
  type Direction,
  type FileSchema,
  type TemplateComparison,
} from '../../schema/index.ts'
import type { CommandContext } from '../command.ts'
import { Exit, type ExitCode, type Io } from '../io.ts'
import { openConfig, openInstance } from '../open.ts'
import { counted, shown } from '../words.ts'

interface ImportWords {
  readonly object: string
  readonly direction: Direction
  readonly release?: string
  readonly write?: true
  readonly json?: true
  readonly config?: string
}

/** Declares `flatgate schema import-template`. */
export function declareSchemaImportTemplate(schema: Command, { io, action }: CommandContext): void {
  schema
    .command('import-template')
    .summary('find custom fields in a template that was downloaded from Coupa')
    .description(
      'Compares a CSV template with the format of the object. Headers that Coupa does not document are the custom\n' +
        'fields of the instance; they are printed as configuration, or written into it.',
    )
    .argument('<file>', 'CSV template, downloaded while the language of the user is English')
    .requiredOption('--object <object>', 'as `flatgate schema list` names it')
    .addOption(
      new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']).default('import'),
    )
    .option('--release <release>', 'Coupa release')
    .option('--write', 'add the custom fields to flatgate.yaml; comments and other settings stay')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration')
    .action(action((file: string, words: ImportWords) => importTemplate(io, file, words)))
}

async function importTemplate(io: Io, file: string, words: ImportWords): Promise<ExitCode> {
  const instance = await openInstance(io, words.config)
  const schema = await schemaFor(instance, words.object, words.direction, words.release)
  const path = resolve(io.folder, file)
  const compared = compareTemplate(schema, await readRows(path))
  if (compared.length === 0) throw new GatewayError('CSV_MALFORMED', { path, reason: 'no-header-row' })
  const fields = newFields(schema, compared)
  const isForeign = compared.every((one) => one.isForeign)
  if (words.json)
    io.out(
      JSON.stringify({ version: 1, release: schema.release, records: compared.map(tellRecord), fields }, undefined, 2),
    )
  else for (const line of compared.flatMap(lines)) io.err(line)
  if (isForeign) {
    io.err('Hardly a header is known: is it the right object, and was your language in Coupa English?')
    return Exit.findings
  }
  if (fields.length === 0) {
    if (!words.json) io.err('No custom fields.')
  } else if (words.write) await writeFields(io, words, fields)
  else if (!words.json) io.out(await customFieldsText(words.object, fields))
  return Exit.done
}

async function readRows(path: string): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = []
  try {
    const { scanRecords } = await import('../../csv/index.ts')
    for await (const { fields } of scanRecords(createReadStream(path))) {
      if (fields.some((field) => field !== '')) rows.push(fields)
    }
  } catch (error) {
    if (isCode(error, 'ENOENT')) throw new GatewayError('FILE_NOT_FOUND', { path }, { cause: error })
    throw asGatewayError(error, path)
  }
  return rows
}

function newFields({ records }: FileSchema, compared: readonly TemplateComparison[]): readonly NewCustomField[] {
  return compared.flatMap(({ record, customFields }) =>
    customFields
      .filter(({ fault }) => fault === undefined)
      .map(({ name, isRequired }) => ({
        name,
        ...(isRequired ? { required: true } : {}),
        ...(record === records[0]?.name ? {} : { record }),
      })),
  )
}

async function writeFields(io: Io, { config, object }: ImportWords, fields: readonly NewCustomField[]): Promise<void> {
  const { path } = await openConfig(io, config)
  const { text, added } = await addCustomFields(await readFile(path, 'utf8'), object, fields)
  if (added.length > 0) await writeFileWhole(path, text)
  const what = added.length === 0 ? 'nothing, all are there' : added.join(', ')
  io.err(`${path}: added ${what}. Set type and length of each; string without a limit when absent.`)
}

function lines({ record, known, customFields, missing, otherRelease, requiredHere }: TemplateComparison): string[] {
  return [
    `${record}: ${counted(known.length, 'standard column')}, ${counted(customFields.length, 'custom field')}`,
    ...customFields.flatMap(({ name, fault, resembles }) => [
      ...(fault === undefined
        ? []
        : [`  ${shown(name)}: ${fault}, so Coupa cannot read it as a prompt name; left out`]),
      ...(resembles === undefined
        ? []
        : [`  ${shown(name)}: nearly the standard column ${resembles}; is it another one?`]),
    ]),
    ...(requiredHere.length === 0 ? [] : [`  required here, though not documented so: ${requiredHere.join(', ')}`]),
    ...otherRelease.map(({ name, releases }) => `  ${name}: ${describeReleases(releases)}`),
    ...(missing.length === 0 ? [] : [`  not in the template: ${firstOf(missing.map(({ name }) => name))}`]),
  ]
}

/** House: of a template with few columns the list of the others helps nobody; `--json` has them all. */
const MOST_NAMES = 12

function firstOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function tellRecord({ missing, otherRelease, ...comparison }: TemplateComparison): object {
  return {
    ...comparison,
    missing: missing.map(({ name }) => name),
    otherRelease: otherRelease.map(({ name, releases }) => ({ name, releases })),
  }
}
