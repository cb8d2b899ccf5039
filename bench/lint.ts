import { stat } from 'node:fs/promises'
import { readBlocks } from '../src/base/index.ts'
import { createScanner } from '../src/csv/index.ts'
import { type LintContext, lintStream } from '../src/lint/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { countWithCsvParse } from './csv-parse-pass.ts'
import { makeUsersFile } from './make-users-file.ts'
import { type Measurement, measureCommand, measureInChild, measureInTurns, reportPass } from './measure.ts'
import { printResults } from './print-results.ts'

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

/** Spoils the status of every row, in place, but for the few that stand on the edge of two blocks. */
async function* withWrongValues(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of source) {
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength)
    for (let at = bytes.indexOf('ctive"'); at !== -1; at = bytes.indexOf('ctive"', at + 6)) bytes.write('ctiev', at)
    yield block
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
  const path = await makeUsersFile({ rows: Number(process.env['BENCH_ROWS'] ?? 500_000) })
  const megabytes = (await stat(path)).size / 1e6
  const passes = Object.keys(PASSES).map((name) => [name, () => measureInChild(import.meta.filename, [name, path])])
  const results = await measureInTurns(Object.fromEntries(passes) as Record<string, () => Promise<Measurement>>)
  // Looks at the shape of the records only, and without `-n` it would write files beside the source.
  const csvclean = await measureCommand('csvclean', ['-n', path])
  printResults(`${path}: ${megabytes.toFixed(0)} MB`, { ...results, csvclean })
}

const [name, path] = process.argv.slice(2)
const pass = name === undefined ? undefined : PASSES[name]
if (pass === undefined || path === undefined) await compare()
else await reportPass(() => pass(path))
