import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

/** One exact version, so that figures of two days can be compared. */
const PACKAGE = '@duckdb/node-api@1.5.6-r.1'

const FOLDER = join(import.meta.dirname, '.data', 'duckdb')
const INSTALLED = join(FOLDER, 'node_modules', '@duckdb', 'node-api', 'package.json')

/** As much of the package as is used here. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{
      connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRows(): readonly (readonly unknown[])[] }> }>
    }>
  }
}

/**
 * Installs DuckDB for the benches alone: its library of 70 MB would be fetched with every `npm ci` otherwise.
 *
 * @returns `false`: npm cannot install it here, and says why.
 */
export async function installDuckDb(): Promise<boolean> {
  if (existsSync(INSTALLED)) return true
  await mkdir(FOLDER, { recursive: true })
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n')
  const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--install-strategy', 'hoisted', PACKAGE]
  try {
    await promisify(execFile)('npm', words, { cwd: FOLDER })
    return true
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause
    console.error(`DuckDB is left out: ${cause.message}`)
    return false
  }
}

/**
 * Reads every field of a file with `read_csv`, which guesses types from its first rows and keeps faulty rows aside.
 *
 * @returns Rows that were read and rows that were rejected.
 */
export async function countWithDuckDb(path: string): Promise<number> {
  const entry = createRequire(INSTALLED).resolve('@duckdb/node-api')
  const { DuckDBInstance } = (await import(pathToFileURL(entry).href)) as DuckDb
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const file = `read_csv('${path.replaceAll("'", "''")}', header = true, store_rejects = true)`
  // The hash asks for all columns: a count alone would skip most of the work.
  const read = await connection.runAndReadAll(`select count(*), bit_xor(hash(t)) from ${file} t`)
  const rejected = await connection.runAndReadAll('select count(distinct line) from reject_errors')
  return Number(read.getRows()[0]?.[0]) + Number(rejected.getRows()[0]?.[0])
}
