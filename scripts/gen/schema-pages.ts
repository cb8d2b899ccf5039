import { existsSync, readdirSync } from 'node:fs'
import {
  describeRules,
  describeType,
  listSchemas,
  type LoadOrder,
  loadOrder,
  loadSchema,
  type SchemaDefinition,
  type SchemaSummary,
} from '../../src/schema/index.ts'
import type { Column, RecordType } from '../../src/schema/definition.ts'

/** Where the pages are. */
export const SCHEMA_PAGES_FOLDER = 'docs/reference/schemas'

/** A page for each object and direction, and the list of them, by path. */
export function schemaPages(): Readonly<Record<string, () => string>> {
  const order = loadOrder(imports().map(({ object }) => loadSchema(object, 'import')))
  const pages = listSchemas().map((summary) => [
    `${SCHEMA_PAGES_FOLDER}/${pageOf(summary)}`,
    () => objectPage(loadSchema(summary.object, summary.direction), order),
  ])
  return { [`${SCHEMA_PAGES_FOLDER}/README.md`]: indexPage, ...Object.fromEntries(pages) }
}

/** Pages that belong to no format any more. */
export function strayPages(): readonly string[] {
  const written = schemaPages()
  const found = existsSync(SCHEMA_PAGES_FOLDER) ? readdirSync(SCHEMA_PAGES_FOLDER) : []
  return found.map((name) => `${SCHEMA_PAGES_FOLDER}/${name}`).filter((path) => !Object.hasOwn(written, path))
}

function imports(): readonly SchemaSummary[] {
  return listSchemas().filter(({ direction }) => direction === 'import')
}

function pageOf({ object, direction }: Pick<SchemaSummary, 'object' | 'direction'>): string {
  return `${direction}-${object}.md`
}

function indexPage(): string {
  const sections = (['import', 'export'] as const).map((direction) => {
    const rows = listSchemas()
      .filter((summary) => summary.direction === direction)
      .map((summary) => {
        const { object, title, folder, isFolderInferred, noSftp, releases, columnCount } = summary
        const place =
          noSftp === undefined ? `${folder ?? '-'}${isFolderInferred ? ' (inferred)' : ''}` : 'not over SFTP'
        return `| [${object}](${pageOf(summary)}) | ${cell(title)} | ${place} | ${columnCount} | ${releases} |`
      })
    const title = direction === 'import' ? 'Into Coupa' : 'Out of Coupa'
    return `## ${title}\n\n| object | title | folder | columns | releases |\n| --- | --- | --- | ---: | --- |\n${rows.join('\n')}\n`
  })
  return `<!-- Written by scripts/gen.ts from schemas. Do not edit. -->

# Formats of Coupa objects

${listSchemas().length} formats, as the Coupa flat-file documentation of April 2026 (called 2026) and the CSV format workbooks R21 to R35
(without R26) state them. \`flatgate schema show OBJECT\` prints the same for one release and with the custom fields of your
instance; \`flatgate schema graph\` the order in which objects must be loaded.

Releases: \`R21-\` seen since R21 and still documented; \`R21-R31\` last seen in R31; \`R24,2026-\` in both, not between;
\`2026-\` only in the documentation. Nothing is known between R35 and 2026, and absence is no proof that Coupa removed
a column. A rule that rests on an uncertain fact is a warning at most.

${sections.join('\n')}`
}

function objectPage(definition: SchemaDefinition, order: LoadOrder): string {
  const { object, title, direction, records } = definition
  const doubts = records.flatMap((record) => doubtLines(record, records.length > 1))
  return (
    [
      `<!-- Written by scripts/gen.ts from schemas/${direction}/${object}.json. Do not edit. -->`,
      `# ${title} (${object}, ${direction})`,
      factLines(definition, order).join('\n'),
      ...records.map((record) => recordSection(record, records.length > 1)),
      ...(doubts.length === 0 ? [] : [`## Uncertain\n\n${doubts.join('\n')}`]),
    ].join('\n\n') + '\n'
  )
}

function factLines(definition: SchemaDefinition, order: LoadOrder): readonly string[] {
  const { object, direction, folder, isFolderInferred, archiveFolders, noSftp, filePrefix, keys, limits } = definition
  const isImport = direction === 'import'
  const needs = isImport ? order.edges.filter((edge) => edge.object === object && edge.needs !== object) : []
  const neededBy = isImport ? order.edges.filter((edge) => edge.needs === object && edge.object !== object) : []
  return [
    `- Source: ${definition.source}; releases \`${definition.releases}\``,
    noSftp === undefined
      ? `- Folder: \`${folder ?? 'not documented'}\`${isFolderInferred ? ' (inferred)' : ''}`
      : `- Not over SFTP: ${noSftp}`,
    ...(archiveFolders === undefined ? [] : [`- Archive: ${archiveFolders.map((path) => `\`${path}\``).join(' or ')}`]),
    `- File names: \`${filePrefix}_…\``,
    ...(isImport ? [`- Limits of one file: ${limits.rows.toLocaleString('en')} rows, ${limits.bytes / 1e6} MB`] : []),
    ...(definition.takesZip ? ['- May come in a ZIP with attachments'] : []),
    ...(keys.length === 0
      ? []
      : [
          `- Keys${definition.hasKeyPriority ? ', in this order' : ''}: ${keys.map((key) => key.join(' + ')).join('; ')}`,
        ]),
    ...(definition.isCreateOnly ? ['- Records are made and never changed'] : []),
    ...(definition.isRecreatedWhenInactive ? ['- Updating an inactive record creates a new one'] : []),
    ...(needs.length === 0 ? [] : [`- Needs: ${needs.map((edge) => link(edge.needs)).join(', ')}`]),
    ...(neededBy.length === 0 ? [] : [`- Needed by: ${neededBy.map((edge) => link(edge.object)).join(', ')}`]),
    ...(definition.notes ?? []).map((note) => `- ${text(note)}`),
    ...(definition.uncertain ?? []).map((note) => `- Uncertain: ${text(note)}`),
  ]
}

function recordSection(record: RecordType, isOneOfSeveral: boolean): string {
  const { name, columns, discriminator, isSeparateFile, isPartial, requireOneOf } = record
  const facts = [
    isSeparateFile ? 'A file of its own.' : '',
    discriminator && isOneOfSeveral
      ? `The first cell of its rows, ${text(discriminator.column)}, holds ${discriminator.value === undefined ? 'a mark that is not stated' : `\`${discriminator.value}\``}.`
      : '',
    isPartial ? 'Columns of the other record types are taken here too.' : '',
    ...(requireOneOf ?? []).map((group) => `Filled must be ${group.map((set) => set.join(' and ')).join(', or ')}.`),
  ].filter((fact) => fact !== '')
  const rows = columns
    .filter(({ isPlaceholder }) => isPlaceholder !== true)
    .map((column) => `| ${cell(column.name)} | ${describeType(column)} | ${rulesOf(column)} | ${column.releases} |`)
  const placeholders = columns.length - rows.length
  const fields = placeholders === 0 ? '' : `\n\n${placeholders} more columns hold custom fields.`
  const table = `| column | type | rules | releases |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
  return [
    `## ${text(name)}`,
    ...(facts.length === 0 ? [] : [text(facts.join(' '))]),
    rows.length === 0 ? 'Nothing is documented but custom fields.' : table + fields,
  ].join('\n\n')
}

/** House: pages are read by people; the definition has the longer lists whole. */
const MOST_VALUES = 30

function rulesOf(column: Column): string {
  const rules = describeRules(column, { mostValues: MOST_VALUES })
  const more = [column.onlyFor === undefined ? '' : `for ${column.onlyFor}`, column.description ?? '']
  const names = [...(column.aliases ?? []), ...(column.formerly ?? [])]
  const also = names.length === 0 ? '' : `also spelled ${names.join(', ')}`
  const joined = cell([...rules, ...more, also].filter((rule) => rule !== '').join('; '))
  const { references } = column
  return references === undefined || !isImport(references.object)
    ? joined
    : joined.replace(new RegExp(`(names|must name one of) ${references.object}\\b`), `$1 ${link(references.object)}`)
}

function doubtLines(record: RecordType, isOneOfSeveral: boolean): readonly string[] {
  const place = isOneOfSeveral ? `${record.name}: ` : ''
  return [
    ...(record.uncertain ?? []).map((doubt) => `- ${text(`${record.name}, ${doubt}`)}`),
    ...record.columns.flatMap(({ name, uncertain }) =>
      (uncertain ?? []).map((doubt) => `- ${text(`${place}${name}, ${doubt}`)}`),
    ),
  ]
}

function isImport(object: string): boolean {
  return imports().some((summary) => summary.object === object)
}

function link(object: string): string {
  return `[${object}](${pageOf({ object, direction: 'import' })})`
}

function text(words: string): string {
  return words.replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_')
}

function cell(words: string): string {
  return text(words).replaceAll('|', '\\|').replaceAll('\n', ' ')
}
