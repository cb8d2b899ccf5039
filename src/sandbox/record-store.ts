import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, writeFileWhole } from '../base/index.ts'
import { createRecordTable, type RecordTable, type StoredRecord } from './record-table.ts'

/** The records that the sandbox holds, object by object, one JSON file each. */
export interface RecordStore {
  table(object: string, recordType: string): RecordTable
  /** Writes the records of an object to the disk, whole. */
  save(object: string): Promise<void>
}

export function createRecordStore(folder: string): RecordStore {
  const objects = new Map<string, Map<string, RecordTable>>()

  function tablesOf(object: string): Map<string, RecordTable> {
    let tables = objects.get(object)
    if (!tables) {
      tables = new Map(readTables(fileOf(object)))
      objects.set(object, tables)
    }
    return tables
  }

  const fileOf = (object: string): string => join(folder, `${object}.json`)

  return {
    table(object, recordType) {
      const tables = tablesOf(object)
      const table = tables.get(recordType) ?? createRecordTable()
      tables.set(recordType, table)
      return table
    },
    async save(object) {
      const records = [...tablesOf(object)].map(([recordType, table]) => [recordType, table.records()])
      await writeFileWhole(fileOf(object), `${JSON.stringify(Object.fromEntries(records), null, 1)}\n`)
    },
  }
}

function readTables(file: string): [string, RecordTable][] {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, StoredRecord[]>
    return Object.entries(stored).map(([recordType, records]) => [recordType, createRecordTable(records)])
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
