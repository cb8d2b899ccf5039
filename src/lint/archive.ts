import type { Header, Row } from './rule.ts'

/** How a cell names a file of the archive. Source: Coupa flat-file documentation, April 2026: invoices, attachments. */
const FILE_PREFIX = /^file:\/\//i

/** A cell that names a web page instead. */
const WEB_PREFIX = /^https?:\/\//i

/** What one cell names. */
export interface AttachmentName {
  readonly index: number
  /** Path in the archive. */
  readonly name: string
}

/** Reads the names of attachments out of the rows of a header. */
export interface AttachmentReader {
  read(row: Row): readonly AttachmentName[]
}

/**
 * Finds what names attachments: cells that begin with `file://`, in whatever column, and the cells of columns whose
 * schema says that they hold a path in the archive.
 *
 * @param reach `likely`: also cells of other columns that are called file names (`Image Scan Filename`). The
 *   documentation does not say where such a file lies, so that it need not be in the archive.
 */
export function createAttachmentReader(header: Header, reach: 'certain' | 'likely' = 'certain'): AttachmentReader {
  const isNamed = (name = ''): boolean => reach === 'likely' && /file ?name$/i.test(name)
  const columns = header.cells.map(({ index, column }) => ({
    index,
    isPath: column?.format === 'zip-path' || isNamed(column?.name),
  }))
  return {
    read(row) {
      const names: AttachmentName[] = []
      for (const { index, isPath } of columns) {
        if (row.view.isEmpty(index)) continue
        const text = row.text(index).trim()
        if (FILE_PREFIX.test(text)) names.push({ index, name: text.replace(FILE_PREFIX, '') })
        else if (isPath && text !== '' && !WEB_PREFIX.test(text)) names.push({ index, name: text })
      }
      return names
    },
  }
}

/** A name as a file system compares it that knows neither case nor Unicode forms. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Files that are no attachments: tables, and what an operating system puts into archives by itself. */
export function isAttachment(name: string): boolean {
  return !/\.csv$/i.test(name) && !isSystemJunk(name)
}

/** Whether an operating system put the entry there by itself: nobody meant to send it. */
export function isSystemJunk(name: string): boolean {
  const last = name.split('/').at(-1) ?? ''
  return name.startsWith('__MACOSX/') || last.startsWith('._') || /^(?:\.ds_store|thumbs\.db|desktop\.ini)$/i.test(last)
}
