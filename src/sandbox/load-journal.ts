import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isCode } from '../base/index.ts'
import type { LoadRecord } from './load-record.ts'

/** The reports of all loads, one JSON line each; what was added outlives the process. */
export interface LoadJournal {
  all(): readonly LoadRecord[]
  nextId(): number
  add(record: LoadRecord): void
}

export function openLoadJournal(file: string): LoadJournal {
  mkdirSync(dirname(file), { recursive: true })
  const records = readLines(file).map((line) => JSON.parse(line) as LoadRecord)
  return {
    all: () => records,
    nextId: () => (records.at(-1)?.id ?? 0) + 1,
    add(record) {
      appendFileSync(file, `${JSON.stringify(record)}\n`)
      records.push(record)
    },
  }
}

function readLines(file: string): readonly string[] {
  try {
    // What follows the last line end was cut off by a crash.
    return readFileSync(file, 'utf8').split('\n').slice(0, -1)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
