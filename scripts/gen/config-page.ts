import { z } from 'zod'
import { CONFIG_SHAPE } from '../../src/app/config/config-shape.ts'

interface Place {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: string | number | boolean
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Place>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Place | boolean
  readonly items?: Place
  readonly anyOf?: readonly Place[]
  readonly oneOf?: readonly Place[]
}

function shape(): Place {
  return z.toJSONSchema(CONFIG_SHAPE, { io: 'input', unrepresentable: 'any' }) as Place
}

/** `schemas/config.schema.json`, for editors. */
export function configJsonSchema(): string {
  return `${JSON.stringify({ title: 'flatgate.yaml', ...shape() }, undefined, 2)}\n`
}

/** `docs/reference/config.md`. */
export function configPage(): string {
  return `<!-- Written by scripts/gen.ts from src/app/config/config-shape.ts. Do not edit. -->

# flatgate.yaml

The only configuration file: in the folder in which flatgate is started or in one above it, or named with \`--config\`.
Unknown settings are errors. Paths are relative to the file. \`\${env:NAME}\` and \`\${file:path}\` stand for secrets, in
\`server.password\`, \`server.privateKey\` and \`server.passphrase\` only. \`flatgate config show\` prints what is in force.

For editors, put this on the first line: \`# yaml-language-server: $schema=node_modules/flatgate/schemas/config.schema.json\`

| setting | value | default | meaning |
| --- | --- | --- | --- |
${rowsOf(shape(), '').join('\n')}
`
}

function rowsOf(place: Place, path: string): string[] {
  const variants = [...(place.oneOf ?? []), ...(place.anyOf ?? [])].filter(
    (variant) => variant.properties !== undefined,
  )
  if (variants.length > 0) {
    return variants.flatMap((variant) => rowsOf(variant, `${path}${variantName(variant)}`))
  }
  const required = new Set(place.required)
  return Object.entries(place.properties ?? {}).flatMap(([key, child]) => {
    if (key === '$schema') return []
    const at = path === '' ? key : `${path}.${key}`
    if (child.properties !== undefined) return rowsOf(child, at)
    const values = typeof child.additionalProperties === 'object' ? child.additionalProperties : undefined
    const inner = values && settingsOf(values)
    if (inner !== undefined) return rowsOf(inner, `${at}.<name>`)
    const listed = values?.items && settingsOf(values.items)
    if (listed !== undefined) return rowsOf(listed, `${at}.<object>[]`)
    const isFixed = child.const !== undefined && child.default === undefined
    const fallback =
      child.default !== undefined
        ? `\`${JSON.stringify(child.default)}\``
        : required.has(key) || isFixed
          ? 'required'
          : ''
    return [`| \`${at}\` | ${valueText(child)} | ${cell(fallback)} | ${cell(child.description ?? '')} |`]
  })
}

/** A place that holds settings of its own. */
function settingsOf(place: Place): Place | undefined {
  return (place.properties ?? place.oneOf ?? place.anyOf) === undefined ? undefined : place
}

/** Text of a cell: a bar would end it, and what looks like a tag would not be shown. Text in backticks stands as it is. */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replaceAll('<', '&lt;').replaceAll('>', '&gt;')))
    .join('')
    .replaceAll('|', '\\|')
}

function variantName(variant: Place): string {
  const direction = variant.properties?.['direction']
  return direction?.const === undefined ? '' : ` (${String(direction.const)})`
}

function valueText(place: Place): string {
  if (place.const !== undefined) return `\`${String(place.const)}\``
  if (place.enum !== undefined) return place.enum.map((value) => `\`${String(value)}\``).join(' or ')
  const variants = place.anyOf ?? place.oneOf
  if (variants !== undefined) return [...new Set(variants.map(valueText))].join(' or ')
  if (place.type === 'array') return `list of ${place.items === undefined ? 'values' : valueText(place.items)}`
  if (place.type === 'object') return 'map'
  return place.type === undefined ? 'text' : [place.type].flat().map(plainType).join(' or ')
}

function plainType(type: string): string {
  return { string: 'text', integer: 'whole number', boolean: '`true` or `false`' }[type] ?? type
}
