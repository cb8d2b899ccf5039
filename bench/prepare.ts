import { stat } from 'node:fs/promises'
import { stringify } from 'csv-stringify'
import { readBlocks } from '../src/base/index.ts'
import { prepareParts } from '../src/prepare/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { openCsvParse } from './csv-parse-pass.ts'
import { makeUsersFile } from './make-users-file.ts'
import { type Measurement, measureInChild, measureInTurns, reportPass } from './measure.ts'
import { printResults } from './print-results.ts'

/** Passes over one file that write every record again, all fields quoted, into nothing. They count the bytes. */
const PASSES: Readonly<Record<string, (path: string) => Promise<number>>> = {
  'csv-parse and csv-stringify': rewriteWithCsv,
  prepare: prepareInto,
}

async function rewriteWithCsv(path: string): Promise<number> {
  let bytes = 0
  const writer = openCsvParse(path).pipe(stringify({ quoted: true, quoted_empty: true, record_delimiter: 'windows' }))
  for await (const chunk of writer) bytes += (chunk as Uint8Array).length
  return bytes
}

/** One part, so that both write the same bytes: splitting is counted on the way, as always. */
async function prepareInto(path: string): Promise<number> {
  let bytes = 0
  const { parts } = await prepareParts({
    source: readBlocks(path),
    reader: { kind: 'coupa' },
    schema: selectSchema(loadSchema('users', 'import')),
    lineEnd: '\r\n',
    limits: { rows: Infinity, bytes: Infinity },
    openPart: async () => ({
      write: async (chunk) => void (bytes += chunk.length),
      close: async () => undefined,
    }),
  })
  if (parts.length !== 1) throw new Error(`One part was expected, but there are ${parts.length}`)
  return bytes
}

async function compare(): Promise<void> {
  const path = await makeUsersFile({})
  const passes = Object.keys(PASSES).map((name) => [name, () => measureInChild(import.meta.filename, [name, path])])
  const results = await measureInTurns(Object.fromEntries(passes) as Record<string, () => Promise<Measurement>>)
  printResults(`${path}: ${((await stat(path)).size / 1e6).toFixed(0)} MB, every record written again`, results)
}

const [name, path] = process.argv.slice(2)
const pass = name === undefined ? undefined : PASSES[name]
if (pass === undefined || path === undefined) await compare()
else await reportPass(() => pass(path))
