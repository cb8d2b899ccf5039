import { readFileSync, statSync } from 'node:fs'
import { loadSchema } from '../schema/index.ts'
import { loadGroups } from './load-groups.ts'
import { fileError, type LoadRecord, resultText, type UploadError } from './load-record.ts'
import { modelClass } from './model-class.ts'
import { readDrop } from './read-drop.ts'
import { readRows } from './read-rows.ts'
import type { RecordStore } from './record-store.ts'

/** What a taken file is loaded with. */
export interface FileLoadTools {
  /** The objects of the folder it lay in. */
  readonly objects: readonly string[]
  readonly customFields: Readonly<Record<string, readonly string[]>>
  readonly store: RecordStore
}

/** The part of a {@link LoadRecord} that the content decides. */
export type FileLoad = Pick<
  LoadRecord,
  | 'type'
  | 'sourceFor'
  | 'status'
  | 'fileFileSize'
  | 'progress'
  | 'recordsCount'
  | 'recordsCreated'
  | 'recordsUpdated'
  | 'uploadErrorsCount'
  | 'uploadErrors'
  | 'resultText'
>

/**
 * Loads one file of the archive into the records of the sandbox and saves them. A file with one wrong header is not
 * loaded at all.
 *
 * @param name The name it was dropped under; tells CSV from ZIP.
 */
export async function loadFile(path: string, name: string, tools: FileLoadTools): Promise<FileLoad> {
  const { objects, customFields, store } = tools
  const definitions = objects.map((object) => loadSchema(object, 'import'))
  const bytes = statSync(path).size
  const errors: UploadError[] = []
  const sum = { records: 0, processed: 0, created: 0, updated: 0 }
  let loaded = definitions[0]
  let hasRows = false

  const limitBytes = Math.max(...definitions.map(({ limits }) => limits.bytes))
  const drop =
    bytes > limitBytes
      ? { refusal: `The file is larger than ${limitBytes / 1_000_000} MB.` }
      : readDrop(name, readFileSync(path))
  if ('refusal' in drop) errors.push(fileError(drop.refusal))
  for (const content of 'files' in drop ? drop.files : []) {
    const reading = readRows(content, { definitions, customFields })
    if ('headerError' in reading) {
      errors.push(reading.headerError)
      continue
    }
    const { definition, record, groups } = reading
    const outcome = loadGroups(groups, { definition, record, table: store.table(definition.object, record.name) })
    await store.save(definition.object)
    errors.push(...reading.errors, ...outcome.errors)
    sum.records += groups.length + reading.errors.length
    sum.processed += groups.length
    sum.created += outcome.created
    sum.updated += outcome.updated
    loaded = definition
    hasRows = true
  }
  return {
    type: hasRows ? 'BackgroundCsvFileLoad' : 'DataFileSource',
    sourceFor: loaded ? modelClass(loaded) : '',
    status: hasRows ? 'done' : 'failed',
    fileFileSize: String(bytes),
    progress: sum.processed,
    recordsCount: sum.records,
    recordsCreated: sum.created,
    recordsUpdated: sum.updated,
    uploadErrorsCount: errors.length,
    uploadErrors: errors.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    resultText: resultText(sum.processed, sum.created, sum.updated),
  }
}
