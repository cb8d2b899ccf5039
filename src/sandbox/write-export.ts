import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import AdmZip from 'adm-zip'
import { type Clock, GatewayError, utcStamp } from '../base/index.ts'
import { loadSchema, type RecordType } from '../schema/index.ts'
import { sampleValue } from './sample-value.ts'

/** One export that Coupa is to put into Outgoing. */
export interface ExportRequest {
  /** `invoices`. */
  readonly object: string
  /** How many made-up records, or the cells themselves by column name; default 3. */
  readonly rows?: number | readonly Readonly<Record<string, string>>[]
  /** Time stamp of the name: `YYYYMMDD_HHMMSSZ`, or the older `ddmmyyhhmmss`. */
  readonly fileNameStyle?: 'utc-stamp' | 'older'
  readonly zip?: boolean
}

/**
 * Puts an export into its Outgoing folder, as a whole: it is written under another name and then renamed. Every field
 * is quoted, and all rows have the same number of columns. Of an object with several record types the first two are
 * written; given cells belong to the first.
 *
 * @returns The path as clients see it. A name that is taken gets the next free second.
 * @throws {GatewayError} `SCHEMA_UNKNOWN` there is no such export.
 * @throws {GatewayError} `SCHEMA_NO_SFTP` Coupa documents no folder for it.
 */
export function writeExport(root: string, clock: Clock, request: ExportRequest): string {
  const { object, rows = 3, fileNameStyle = 'utc-stamp', zip = false } = request
  const { folder, filePrefix, records } = loadSchema(object, 'export')
  if (folder === undefined) throw new GatewayError('SCHEMA_NO_SFTP', { object })
  mkdirSync(join(root, folder), { recursive: true })

  const at = clock.now()
  const stampedName = (extension: string): string => {
    for (let second = 0; ; second += 1) {
      const stamp = stampOf(new Date(at.getTime() + second * 1000), fileNameStyle)
      const name = `${filePrefix}_${stamp}.${extension}`
      if (!existsSync(join(root, folder, name))) return name
    }
  }
  const text = exportText(records, rows, at)
  const name = stampedName(zip ? 'zip' : 'csv')
  const draft = join(root, folder, `.${name}.part`)
  writeFileSync(draft, zip ? zipped(name.replace(/zip$/, 'csv'), text) : text)
  renameSync(draft, join(root, folder, name))
  return posix.join(folder, name)
}

function exportText(records: readonly RecordType[], rows: NonNullable<ExportRequest['rows']>, at: Date): string {
  const types = records.filter(({ discriminator }) => discriminator?.value !== undefined).slice(0, 2)
  const written = types.length > 0 ? types : records.slice(0, 1)
  const width = Math.max(...written.map(({ columns }) => columns.length))
  const lines: string[][] = written.map(({ columns }) => columns.map(({ name }) => name))
  if (typeof rows === 'number') {
    for (let n = 1; n <= rows; n += 1) {
      for (const record of written) {
        lines.push(cellsOf(record, (column) => sampleValue(column, n, at)))
      }
    }
  } else {
    const [main] = written
    if (main) lines.push(...rows.map((row) => cellsOf(main, ({ name }) => row[name] ?? '')))
  }
  const padded = lines.map((cells) => [...cells, ...Array<string>(width - cells.length).fill('')])
  return padded.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')
}

function cellsOf(record: RecordType, valueOf: (column: RecordType['columns'][number]) => string): string[] {
  const { discriminator, columns } = record
  return columns.map((column) =>
    column.name === discriminator?.column ? (discriminator.value ?? '') : valueOf(column),
  )
}

function stampOf(at: Date, style: 'utc-stamp' | 'older'): string {
  if (style === 'utc-stamp') return utcStamp(at)
  const [, year, month, day, hour, minute, second] = /^..(..)-(..)-(..)T(..):(..):(..)/.exec(at.toISOString()) ?? []
  return `${day}${month}${year}${hour}${minute}${second}`
}

function zipped(name: string, text: string): Buffer {
  const archive = new AdmZip()
  archive.addFile(name, Buffer.from(text))
  return archive.toBuffer()
}
