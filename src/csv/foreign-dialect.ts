import { iconv } from './iconv.ts'

/** How a file is written that is not in Coupa's dialect. Line ends are not part of it: CRLF, LF and CR are all taken. */
export interface ForeignDialect {
  /** One character or more: `;`, `\t`, `|`. */
  readonly delimiter: string
  /** One character, or `false` where the text has no quotes at all; a doubled one inside quotes stands for itself. */
  readonly quote: string | false
  /** Any name for which {@link isKnownEncoding} holds: `utf-8`, `windows-1252`, `iso-8859-1`, `utf-16le`. */
  readonly encoding: string
  /** Whether the first record names the columns. Absent: it does. The readers of this room give it out like any other. */
  readonly hasHeader?: boolean
}

/** Names that the decoder takes for ways to write bytes as text, which no file is written in. */
const NOT_TEXT = new Set(['hex', 'base64', 'binary', 'utf7', 'utf7imap', 'cesu8', 'internal'])

/** Whether text in an encoding of that name can be read and written. Case, dashes and underscores do not matter. */
export function isKnownEncoding(name: string): boolean {
  return !NOT_TEXT.has(plainName(name)) && iconv().encodingExists(name)
}

/** Whether an encoding is UTF-8, however it is spelled. */
export function isUtf8Encoding(name: string): boolean {
  return plainName(name) === 'utf8'
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}
