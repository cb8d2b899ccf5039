import { isUtf8 } from 'node:buffer'
import { inflateRawSync } from 'node:zlib'
import AdmZip from 'adm-zip'
import { CsvError, parse } from 'csv-parse/sync'

/** A CSV file as rows of cells. */
export interface CsvContent {
  readonly records: readonly (readonly string[])[]
  /** Whether reading ended at a record that is not CSV; what follows it is unknown. */
  readonly isCut: boolean
}

/** The CSV files of a dropped file, or why there are none. */
export type Drop = { readonly files: readonly CsvContent[] } | { readonly refusal: string }

/** House: a ZIP of 8 MB that grows more than eightfold is no flat file with its attachments. */
const UNPACKED_MAX_BYTES = 64_000_000

/** House: more than enough for the attachments of 5,000 rows. */
const ENTRIES_MAX = 10_000

/**
 * Reads a dropped file strictly: comma, double quotes, doubled inside; UTF-8, no byte order mark (one would become
 * part of the first header). A ZIP is opened in memory; its CSV files are those at the top.
 */
export function readDrop(name: string, bytes: Buffer): Drop {
  if (!/\.zip$/i.test(name)) return readCsv(bytes)
  try {
    return readZip(bytes)
  } catch (error) {
    return { refusal: `The ZIP file cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function readZip(bytes: Buffer): Drop {
  const entries = new AdmZip(bytes).getEntries()
  if (entries.length > ENTRIES_MAX) return { refusal: `The ZIP file holds more than ${ENTRIES_MAX} entries.` }
  const wanted = entries.filter(({ entryName }) => /^[^/\\]+\.csv$/i.test(entryName))
  if (wanted.length === 0) return { refusal: 'The ZIP file holds no CSV file at its top level.' }
  const files: CsvContent[] = []
  let left = UNPACKED_MAX_BYTES
  for (const entry of wanted.toSorted((a, b) => (a.entryName < b.entryName ? -1 : 1))) {
    const packed = entry.getCompressedData()
    const content = entry.header.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) })
    left -= content.length
    if (left < 0) return { refusal: 'The ZIP file is too large when unpacked.' }
    const drop = readCsv(content)
    if ('refusal' in drop) return drop
    files.push(...drop.files)
  }
  return { files }
}

function readCsv(bytes: Buffer): Drop {
  if (!isUtf8(bytes)) return { refusal: 'The file is not UTF-8.' }
  const records: string[][] = []
  try {
    parse(bytes, {
      bom: false,
      // Given, because the reader would otherwise take the first line end for all of them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: string[]) => void records.push(record),
    })
    return { files: [{ records, isCut: false }] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { files: [{ records, isCut: true }] }
  }
}
