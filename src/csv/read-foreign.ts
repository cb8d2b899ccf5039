import { pipeline, Readable } from 'node:stream'
import { CsvError, type Info, type Options, parse } from 'csv-parse'
import { GatewayError } from '../base/index.ts'
import { decodeText } from './decode-text.ts'
import type { ForeignDialect } from './foreign-dialect.ts'

/** House: as for the scanner. It stops an open quote before the rest of the file stands in memory. */
const MAX_RECORD_BYTES = 1024 * 1024

/** One record of a file in a declared dialect. */
export interface ForeignRecord {
  /** Number of the record in the file, from 1; the header, where there is one, is record 1. */
  readonly number: number
  /** Physical line on which it starts, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * Reads the records of a file in a declared dialect, one after the other. Nothing is guessed and nothing is repaired:
 * the first thing that is not as declared ends the reading. Records may differ in their number of fields; a blank line is
 * a record with one empty field.
 *
 * @throws {GatewayError} `CSV_ENCODING` where the bytes are not text in the declared encoding, with the line.
 * @throws {GatewayError} `CSV_MALFORMED` where quotes do not add up or a record is longer than 1 MiB, with the line and
 *   what is wrong. Records before it were given out.
 */
export async function* readForeign(
  source: AsyncIterable<Uint8Array>,
  dialect: ForeignDialect,
): AsyncGenerator<ForeignRecord> {
  const parser = parse(optionsOf(dialect))
  const text = Readable.from(decodeText(source, dialect.encoding))
  // An error of either side comes out of the loop below, which reads the parser to its end.
  pipeline(text, parser, () => undefined)
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield { number: info.records, line, fields: record }
      line = info.lines + 1
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw malformed(cause, line)
    throw cause
  }
}

/** Each choice stops a silent loss: `columns` lets the last of two equal headers win, a guessed line end keeps a return. */
function optionsOf({ delimiter, quote }: ForeignDialect): Options {
  return {
    delimiter,
    quote: quote === false ? null : quote,
    escape: quote === false ? null : quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
    info: true,
  }
}

const WHAT_IS_WRONG: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'text stands behind a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands inside an unquoted field',
  CSV_MAX_RECORD_SIZE: 'a record is longer than 1 MiB',
}

function malformed(cause: CsvError, line: number): GatewayError {
  return new GatewayError('CSV_MALFORMED', { line, reason: WHAT_IS_WRONG[cause.code] ?? cause.code }, { cause })
}
