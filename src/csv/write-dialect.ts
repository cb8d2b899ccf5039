import { iconv } from './iconv.ts'
import { GatewayError } from '../base/index.ts'
import type { LineEnd } from './encode-record.ts'
import { type ForeignDialect, isKnownEncoding } from './foreign-dialect.ts'

/** How a file is written beyond what its dialect says. */
export interface WriteDialectOptions {
  /** Default: CRLF. */
  readonly lineEnd?: LineEnd
  /** Whether the file starts with a byte order mark, by which spreadsheets know UTF-8. Default: it does not. */
  readonly hasByteOrderMark?: boolean
  /**
   * `harmless` puts an apostrophe before a cell that a spreadsheet would compute. It alters text such as `-5` and
   * `+49 30`: for reports that people open, never for data. Default: `kept`.
   */
  readonly formulas?: 'kept' | 'harmless'
}

const RECORDS_PER_BLOCK = 500

/**
 * Writes records in any dialect but Coupa's, which {@link encodeRecord} writes. Every field is quoted, empty ones too.
 *
 * @returns The bytes, in blocks.
 *
 * @throws {GatewayError} `CSV_NOT_ENCODABLE` where a field holds U+0000, half a surrogate pair, a character that the encoding does not have or,
 *   in a dialect with no quotes, a delimiter or a line end; with `record` and `field`, both from 1. `CSV_ENCODING` for
 *   a name that {@link isKnownEncoding} does not know.
 */
export async function* writeDialect(
  records: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  dialect: ForeignDialect,
  options: WriteDialectOptions = {},
): AsyncGenerator<Buffer> {
  const { encoding } = dialect
  if (!isKnownEncoding(encoding)) throw new GatewayError('CSV_ENCODING', { encoding, reason: 'unknown name' })
  const { stringify } = await import('csv-stringify/sync')
  const encoder = iconv().getEncoder(encoding, { addBOM: options.hasByteOrderMark ?? false })
  let written = 0
  let block: (readonly string[])[] = []

  function encodeBlock(): Buffer {
    for (const [index, fields] of block.entries()) refuseWhatIsLost(fields, written + index + 1, dialect)
    const text = stringify(block, stringifyOptionsOf(dialect, options))
    written += block.length
    block = []
    return encoder.write(text)
  }

  for await (const fields of records) {
    block.push(fields)
    if (block.length === RECORDS_PER_BLOCK) yield encodeBlock()
  }
  const last = Buffer.concat([encodeBlock(), encoder.end() ?? Buffer.alloc(0)])
  if (last.length > 0) yield last
}

function stringifyOptionsOf({ delimiter, quote }: ForeignDialect, { lineEnd, formulas }: WriteDialectOptions): object {
  return {
    delimiter,
    quote: quote === false ? '' : quote,
    escape: quote === false ? '"' : quote,
    quoted: quote !== false,
    quoted_empty: quote !== false,
    record_delimiter: lineEnd ?? '\r\n',
    escape_formulas: formulas === 'harmless',
  }
}

/** The library would write `?` for a character that the encoding lacks, and a field that reads back as two. */
function refuseWhatIsLost(
  fields: readonly string[],
  record: number,
  { delimiter, quote, encoding }: ForeignDialect,
): void {
  const whole = fields.join('')
  const mayBreak = quote === false
  if (!whole.includes('\0') && !mayBreak && survives(whole, encoding)) return
  for (const [index, field] of fields.entries()) {
    const breaks = mayBreak && (field.includes(delimiter) || /[\r\n]/.test(field))
    if (breaks || field.includes('\0') || !survives(field, encoding)) {
      throw new GatewayError('CSV_NOT_ENCODABLE', { record, field: index + 1, encoding })
    }
  }
}

function survives(text: string, encoding: string): boolean {
  if (!text.isWellFormed()) return false
  const bytes = iconv().encode(text, encoding, { addBOM: false })
  return iconv().decode(bytes, encoding, { stripBOM: false }) === text
}
