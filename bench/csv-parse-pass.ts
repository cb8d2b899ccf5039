import { createReadStream } from 'node:fs'
import { type Parser, parse } from 'csv-parse'

/** Opens csv-parse on a file in its fastest streaming use, as measured: arrays, with the line ends named. */
export function openCsvParse(path: string): Parser {
  return createReadStream(path).pipe(parse({ bom: true, record_delimiter: ['\r\n', '\n'] }))
}

/** Reads a file to its end with csv-parse and counts the records. */
export async function countWithCsvParse(path: string): Promise<number> {
  let count = 0
  const parser = openCsvParse(path)
  const readRecord = (): readonly string[] | null => parser.read() as readonly string[] | null
  parser.on('readable', () => {
    while (readRecord() !== null) count += 1
  })
  await new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject))
  return count
}
