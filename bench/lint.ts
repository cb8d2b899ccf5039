import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parse } from 'csv-parse'
import { readBlocks } from '../src/base/index.ts'
import { createScanner } from '../src/csv/index.ts'
import { type LintContext, lintStream } from '../src/lint/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { makeUsersFile } from './make-users-file.ts'
import { type Measurement, measureInChild, measureInTurns, reportPass } from './measure.ts'

const CONTEXT: LintContext = {
  schema: selectSchema(loadSchema('users', 'import')),
  fileName: 'users_20261120_040000Z.csv',
  purpose: 'upload',
  today: new Date('2026-11-20T00:00:00Z'),
}

/** Passes over one file; those that lint count findings, the others records. */
const PASSES: Readonly<Record<string, (path: string) => Promise<number>>> = {
  'csv-parse': countWithCsvParse,
  scanner: countWithScanner,
  lint: async (path) => lint(readBlocks(path)),
  'lint, a wrong value in every row': async (path) => lint(withWrongValues(readBlocks(path))),
  'lint, every row too long': async (path) => lint(withShortHeader(readBlocks(path))),
}

async function countWithCsvParse(path: string): Promise<number> {
  let count = 0
  const parser = createReadStream(path).pipe(parse({ bom: true, record_delimiter: ['\r\n', '\n'] }))
  const readRecord = (): readonly string[] | null => parser.read() as readonly string[] | null
  parser.on('readable', () => {
    while (readRecord() !== null) count += 1
  })
  await new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject))
  return count
}

async function countWithScanner(path: string): Promise<number> {
  let count = 0
  const scanner = createScanner({ record: () => (count += 1), fault: () => undefined })
  for await (const chunk of readBlocks(path)) scanner.write(chunk)
  scanner.end()
  return count
}

async function lint(source: AsyncIterable<Uint8Array>): Promise<number> {
  const { counts } = await lintStream(source, CONTEXT)
  return counts.error + counts.warning + counts.info
}

/** Spoils the status of every row, but for the few that stand on the edge of two chunks. */
async function* withWrongValues(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk)
    for (let at = bytes.indexOf('ctive"'); at !== -1; at = bytes.indexOf('ctive"', at + 6)) bytes.write('ctiev', at)
    yield bytes
  }
}

/** Takes the last column off the header row. */
async function* withShortHeader(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true
  for await (const chunk of source) {
    yield isFirst
      ? Buffer.from(
          Buffer.from(chunk)
            .toString('latin1')
            .replace(/,"[^"]*"\r\n/, '\r\n'),
          'latin1',
        )
      : chunk
    isFirst = false
  }
}

async function compare(): Promise<void> {
  const path = await makeUsersFile({})
  const megabytes = (await stat(path)).size / 1e6
  const passes = Object.keys(PASSES).map((name) => [name, () => measureInChild(import.meta.filename, [name, path])])
  const results = await measureInTurns(Object.fromEntries(passes) as Record<string, () => Promise<Measurement>>)
  const bare = results['csv-parse']
  console.log(
    `\n${path}: ${megabytes.toFixed(0)} MB, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
  )
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, { seconds, peakMegabytes, count }]) => [
        name,
        {
          seconds: seconds.toFixed(2),
          'times csv-parse': ((bare?.seconds ?? seconds) / seconds).toFixed(1),
          'peak MB': peakMegabytes.toFixed(0),
          count,
        },
      ]),
    ),
  )
}

const [name, path] = process.argv.slice(2)
const pass = name === undefined ? undefined : PASSES[name]
if (pass === undefined || path === undefined) await compare()
else await reportPass(() => pass(path))
