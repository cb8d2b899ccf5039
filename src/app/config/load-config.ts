import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import { asGatewayError, GatewayError, isCode } from '../../base/index.ts'
import { type Config, CONFIG_SHAPE } from './config-shape.ts'
import { describeIssue } from './describe-issue.ts'
import { leavesOf } from './leaves.ts'
import { isReference, isSecretPlace, LOOKS_LIKE_REFERENCE } from './secrets.ts'

/** A configuration and where it came from. */
export interface LoadedConfig {
  readonly path: string
  /** Folder that relative paths start from. */
  readonly folder: string
  readonly config: Config
  /** Dotted paths that the file itself says; everything else is a default. */
  readonly said: ReadonlySet<string>
}

/** Where in the text a key stands; the nearest key above it where it stands nowhere. */
type LineOf = (keys: readonly PropertyKey[]) => number

/**
 * Reads and checks a configuration. Flows and custom fields are checked against the schemas elsewhere.
 *
 * @throws {GatewayError} `CONFIG_NOT_FOUND`
 * @throws {GatewayError} `CONFIG_INVALID` with file, line, path inside and reason, the first fault first. It quotes
 *   nothing of the file, which may hold a secret.
 */
export function loadConfig(path: string): LoadedConfig {
  const lines = new LineCounter()
  // Pretty errors quote the line at fault, and with it a password.
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) {
    const { line } = lines.linePos(broken.pos[0])
    throw new GatewayError('CONFIG_INVALID', { path, line, reason: `it is no YAML: ${broken.message}` })
  }
  const content: unknown = document.toJS() ?? {}
  const lineOf: LineOf = (keys) => lines.linePos(offsetOf(document, keys)).line
  const parsed = CONFIG_SHAPE.safeParse(content)
  if (!parsed.success) {
    throw new GatewayError('CONFIG_INVALID', { path, ...describeIssue(parsed.error.issues, content, lineOf) })
  }
  refuseStrayReferences(path, content, lineOf)
  const said = new Set(leavesOf(content).map(({ place }) => place))
  return { path, folder: dirname(resolve(path)), config: parsed.data, said }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) throw new GatewayError('CONFIG_NOT_FOUND', { path }, { cause })
    throw asGatewayError(cause, path)
  }
}

/** Offset of the deepest key of a path that the document has. */
function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true)
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(keys[length - 1])) : undefined
    const start = rangeStart(pair?.key) ?? rangeStart(document.getIn(keys.slice(0, length), true))
    if (start !== undefined) return start
  }
  return 0
}

function rangeStart(node: unknown): number | undefined {
  const hasRange = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
  return hasRange ? Number((node.range as readonly unknown[])[0]) : undefined
}

/** A reference anywhere else, or with text around it, would be taken literally: say so instead. */
function refuseStrayReferences(path: string, content: unknown, lineOf: LineOf): void {
  for (const { keys, place, value } of leavesOf(content)) {
    if (typeof value !== 'string' || !LOOKS_LIKE_REFERENCE.test(value)) continue
    if (isSecretPlace(place) && isReference(value)) continue
    const reason = isSecretPlace(place)
      ? '${env:NAME} or ${file:path} must stand alone, without other text'
      : '${env:…} and ${file:…} are for server.password, server.privateKey and server.passphrase only'
    throw new GatewayError('CONFIG_INVALID', { path, line: lineOf(keys), place, reason })
  }
}
