/** What Coupa says about one row, or about the whole file, that it did not load. */
export interface UploadError {
  readonly type: 'UploadRowError' | 'UploadHeaderError'
  /** Data row, from 1; header rows are not counted. Absent on an error of the whole file. */
  readonly row?: number
  /** Value of the first column of that row. */
  readonly firstColumn?: string
  /** Attribute in snake case: `employee_number`. */
  readonly fieldWithError?: string
  readonly value?: string
  /** Sentences. */
  readonly fieldErrors: readonly string[]
}

/** What Coupa reports about one file, in the words of its `data_file_sources`. Times are ISO 8601. */
export interface LoadRecord {
  readonly id: number
  /** Files that got as far as their rows are `BackgroundCsvFileLoad`. */
  readonly type: 'DataFileSource' | 'BackgroundCsvFileLoad'
  /** Model class: `User`, `InvoiceHeader`. */
  readonly sourceFor: string
  /** `failed` where nothing of the file could be read; `done` files may hold errors. */
  readonly status: 'done' | 'failed'
  /** Path of the file in Incoming, with `_` for `/`: `_Incoming_Users_users_20261120_040000Z.csv`. */
  readonly fileFileName: string
  /** Bytes, as text. */
  readonly fileFileSize: string
  /** Records processed. */
  readonly progress: number
  /** Records in the file; a header with its lines counts once. */
  readonly recordsCount: number
  readonly recordsCreated: number
  readonly recordsUpdated: number
  readonly uploadErrorsCount: number
  readonly uploadErrors: readonly UploadError[]
  readonly resultText: string
  readonly createdAt: string
  readonly startTime: string
  readonly endTime: string
}

/** Source: Coupa, Data File Sources API, sample records. */
export function resultText(processed: number, created: number, updated: number): string {
  return `${processed} rows processed, creating ${created} new rows and updating ${updated} rows.`
}

/** An error of the whole file. */
export function fileError(sentence: string): UploadError {
  return { type: 'UploadHeaderError', fieldErrors: [sentence] }
}

/** `Employee Number` as the attribute it fills: `employee_number`. */
export function attributeName(column: string): string {
  return column
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
}
