import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readBlocks } from '../src/base/index.ts'
import { createScanner } from '../src/csv/index.ts'
import { lint } from '../src/library/index.ts'
import { countWithCsvParse } from './csv-parse-pass.ts'
import { countWithDuckDb, installDuckDb } from './duckdb-pass.ts'
import { makeUsersFile } from './make-users-file.ts'
import {
  type Measurement,
  measureCommand,
  measureInChild,
  measureInTurns,
  type Measured,
  reportPass,
} from './measure.ts'
import { printDemands, printResults } from './print-results.ts'

/** Rows of the files that are compared: some 127 MB each. */
const ROWS = Number(process.env['BENCH_ROWS'] ?? 500_000)

/** Bytes of a row of the generated file, nearly. */
const ROW_BYTES = 257

const LAUNCHER = join(import.meta.dirname, '..', 'bin', 'flatgate.cjs')

/** Passes over one file; lint counts findings, the others records. */
const PASSES: Readonly<Record<string, (path: string) => Promise<number>>> = {
  'csv-parse': countWithCsvParse,
  scanner: countWithScanner,
  lint: async (path) => {
    const { counts } = await lint(path, { object: 'users' })
    return counts.error + counts.warning + counts.info
  },
  DuckDB: countWithDuckDb,
}

async function countWithScanner(path: string): Promise<number> {
  let count = 0
  const scanner = createScanner({ record: () => (count += 1), fault: () => undefined })
  for await (const chunk of readBlocks(path)) scanner.write(chunk)
  scanner.end()
  return count
}

const passOver = (name: string, path: string) => () => measureInChild(import.meta.filename, [name, path])

const commandOver = (path: string) => () =>
  measureCommand(process.execPath, [LAUNCHER, 'lint', path, '--object', 'users', '--max-findings', '1000'])

/** Looks at the shape of the records only, and without `-n` it would write files beside the source. */
const csvcleanOver = (path: string) => () => measureCommand('csvclean', ['-n', path])

/** Everything in one run, on a clean file and on two in which every row has an error. */
async function compare(): Promise<void> {
  const clean = await makeUsersFile({ rows: ROWS })
  const wrong = await makeUsersFile({ rows: ROWS, fault: 'value' })
  const long = await makeUsersFile({ rows: ROWS, fault: 'length' })
  const hasDuckDb = await installDuckDb()
  const results = await measureInTurns({
    'csv-parse, nothing checked': passOver('csv-parse', clean),
    'scanner, nothing checked': passOver('scanner', clean),
    lint: passOver('lint', clean),
    'lint, a wrong value in every row': passOver('lint', wrong),
    'lint, every row too long': passOver('lint', long),
    'flatgate lint': commandOver(clean),
    'flatgate lint, a wrong value in every row': commandOver(wrong),
    'csvclean, shapes only': csvcleanOver(clean),
    'csvclean, every row too long': csvcleanOver(long),
    ...(hasDuckDb && {
      'DuckDB read_csv, shapes and types': passOver('DuckDB', clean),
      'DuckDB read_csv, every row too long': passOver('DuckDB', long),
    }),
  })
  const megabytes = (await stat(clean)).size / 1e6
  printResults(`users file of ${ROWS} rows, ${megabytes.toFixed(0)} MB`, results)
  printDemands(demandsOn(results))
}

/** What is promised of the lint, as ratios by CPU seconds: on a busy machine those of the wall tell of the others. */
function demandsOn(results: Readonly<Record<string, Measured>>): Parameters<typeof printDemands>[0] {
  const cpu = (name: string): number => results[name]?.cpuSeconds ?? Number.NaN
  const peak = (name: string): number => results[name]?.peakMegabytes ?? Number.NaN
  const wrong = 'lint, a wrong value in every row'
  return [
    ['lint beside bare csv-parse, times as fast', cpu('csv-parse, nothing checked') / cpu('lint'), 'at least', 2],
    ['lint beside csvclean, times as fast', cpu('csvclean, shapes only') / cpu('lint'), 'at least', 1],
    ['a wrong value in every row beside the clean file, times as long', cpu(wrong) / cpu('lint'), 'at most', 2.5],
    ['peak of flatgate lint in MB', peak('flatgate lint'), 'at most', 150],
    ['the same with a wrong value in every row', peak('flatgate lint, a wrong value in every row'), 'at most', 150],
    ['lint beside the bare scanner, times as long', cpu('lint') / cpu('scanner, nothing checked')],
    ['lint beside DuckDB, times as long', cpu('lint') / cpu('DuckDB read_csv, shapes and types')],
  ]
}

/** One large file, once; it is removed afterwards. */
async function compareLarge(gigabytes: number): Promise<void> {
  const rows = Math.round((gigabytes * 1e9) / ROW_BYTES)
  const path = await makeUsersFile({ rows })
  try {
    const results: Record<string, Measurement | undefined> = {
      'scanner, nothing checked': await passOver('scanner', path)(),
      lint: await passOver('lint', path)(),
      'flatgate lint': await commandOver(path)(),
    }
    printResults(`users file of ${rows} rows, ${((await stat(path)).size / 1e6).toFixed(0)} MB`, results)
    printDemands([
      ['peak of flatgate lint in MB', results['flatgate lint']?.peakMegabytes ?? Number.NaN, 'at most', 150],
    ])
  } finally {
    await rm(path)
  }
}

const [name, argument] = process.argv.slice(2)
const pass = name === undefined ? undefined : PASSES[name]
if (name === '--gigabytes') await compareLarge(Number(argument ?? 2))
else if (pass === undefined || argument === undefined) await compare()
else await reportPass(() => pass(argument))
