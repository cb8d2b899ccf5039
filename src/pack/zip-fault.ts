import { GatewayError } from '../base/index.ts'

/** Why an archive is refused; a stable word for logs. */
export type ZipReason =
  | 'crc'
  | 'directory'
  | 'encrypted'
  | 'end-record'
  | 'local-header'
  | 'name-absolute'
  | 'name-backslash'
  | 'name-case-twin'
  | 'name-control-character'
  | 'name-drive-letter'
  | 'name-duplicate'
  | 'name-empty-part'
  | 'name-is-also-folder'
  | 'name-leaves-archive'
  | 'name-not-utf8'
  | 'name-too-long'
  | 'not-a-regular-file'
  | 'overlap'
  | 'size'
  | 'method'
  | 'stream'
  | 'zip64'

/** Makes the error for an archive, or an entry of it, that is refused. The name of the entry is escaped and cut. */
export function zipFault(
  code: 'ZIP_UNSAFE' | 'ZIP_DAMAGED',
  reason: ZipReason,
  entry?: string,
  options?: { readonly cause: unknown },
): GatewayError {
  return new GatewayError(code, entry === undefined ? { reason } : { reason, entry: escapeName(entry) }, options)
}

/** Makes the error for a limit that is exceeded. `got` is a lower bound where counting stopped early. */
export function zipLimit(limit: string, allowed: number, got: number, entry?: string): GatewayError {
  return new GatewayError('ZIP_LIMIT', {
    limit,
    allowed,
    got,
    ...(entry !== undefined && { entry: escapeName(entry) }),
  })
}

/** A hostile name must neither break a log line nor reorder it, so everything outside printable ASCII is escaped. */
function escapeName(name: string): string {
  return JSON.stringify(name.slice(0, 120)).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
