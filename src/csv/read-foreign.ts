import type { CsvError, Options, Parser } from 'csv-parse'
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
 * @throws {GatewayError} `CSV_MALFORMED` where quotes do not add up or a record is longer than 1 MiB, with the line on
 *   which that record starts and what is wrong. The records before it have been given out.
 */
export async function* readForeign(
  source: AsyncIterable<Uint8Array>,
  dialect: ForeignDialect,
): AsyncGenerator<ForeignRecord> {
  // Most files are in Coupa's own dialect, and whoever reads those does not wait for the library.
  const { CsvError, parse } = await import('csv-parse')
  let ready: (readonly string[])[] = []
  let number = 0
  let line = 1
  const parser = parse({
    ...optionsOf(dialect),
    // Taken here, and not from the stream, which drops what it holds as soon as there is an error.
    on_record: (fields: string[]) => {
      ready.push(fields)
      return null
    },
  })

  function* giveOut(failure: Error | undefined): Generator<ForeignRecord> {
    for (const fields of ready) {
      yield { number: ++number, line, fields }
      line += 1 + countLineEnds(fields)
    }
    ready = []
    if (failure instanceof CsvError) throw malformed(failure, line)
    if (failure !== undefined) throw failure
  }

  for await (const text of decodeText(source, dialect.encoding)) yield* giveOut(await feed(parser, text))
  yield* giveOut(await feed(parser, undefined))
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
  }
}

/** Parses a piece of text, or with none the rest. @returns What went wrong. */
async function feed(parser: Parser, text: string | undefined): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve(error)
    parser.once('error', fail)
    const done = (error?: Error | null): void => {
      // A failed write reports here first and by event right after.
      if (error === undefined || error === null) parser.removeListener('error', fail)
      resolve(error ?? undefined)
    }
    if (text === undefined) parser.end(done)
    else parser.write(text, done)
  })
}

/** Only fields in quotes hold line ends, so these are all the lines of a record but its first. */
function countLineEnds(fields: readonly string[]): number {
  return fields.reduce((count, field) => count + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
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
