import { isMap, isSeq, parseDocument, stringify } from 'yaml'
import { GatewayError } from '../../base/index.ts'
import { normaliseHeader } from '../../schema/index.ts'

/** A custom field as it is written into a configuration. */
export interface NewCustomField {
  readonly name: string
  readonly required?: boolean
  /** Record type, where it is not the first one. */
  readonly record?: string
}

/** A configuration with more custom fields. */
export interface ExtendedConfig {
  readonly text: string
  /** Names of the fields that were not there before. */
  readonly added: readonly string[]
}

/** Custom fields of an object as the part of a configuration that declares them. */
export function customFieldsText(object: string, fields: readonly NewCustomField[]): string {
  return stringify({ coupa: { customFields: { [object]: fields } } }).trimEnd()
}

/**
 * Declares custom fields in the text of a configuration. Comments, order and every other setting stay as they are;
 * fields that are declared already are left alone.
 *
 * @throws {GatewayError} `CONFIG_INVALID` the text is no YAML, or has something else where the fields belong.
 */
export function addCustomFields(text: string, object: string, fields: readonly NewCustomField[]): ExtendedConfig {
  const document = parseDocument(text, { prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw new GatewayError('CONFIG_INVALID', { reason: `it is no YAML: ${broken.message}` })
  const place = ['coupa', 'customFields', object]
  for (let depth = 1; depth < place.length; depth += 1) {
    const path = place.slice(0, depth)
    const node = document.getIn(path, true)
    if (isMap(node)) continue
    if (document.getIn(path) != null) throw notThere(path, 'settings')
    document.setIn(path, document.createNode({}))
  }
  const before = document.getIn(place, true)
  if (!isSeq(before)) {
    if (document.getIn(place) != null) throw notThere(place, 'a list')
    document.setIn(place, document.createNode([]))
  }
  const declared = new Set(isSeq(before) ? before.items.flatMap(nameOf) : [])
  const added = fields.filter(({ name, record }) => !declared.has(keyOf(name, record)))
  for (const field of added) document.addIn(place, document.createNode(field))
  if (added.length === 0) return { text, added: [] }
  return { text: document.toString({ lineWidth: 0 }), added: added.map(({ name }) => name) }
}

function nameOf(item: unknown): readonly string[] {
  if (!isMap(item)) return []
  const record = item.get('record')
  return [keyOf(String(item.get('name')), typeof record === 'string' ? record : undefined)]
}

function keyOf(name: string, record = ''): string {
  return `${normaliseHeader(name)} ${record}`
}

function notThere(path: readonly string[], what: string): GatewayError {
  return new GatewayError('CONFIG_INVALID', { place: path.join('.'), reason: `must hold ${what}` })
}
