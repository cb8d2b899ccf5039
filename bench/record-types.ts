import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cpus } from 'node:os'
import { lintStream } from '../src/lint/index.ts'
import { loadSchema, selectSchema } from '../src/schema/index.ts'
import { makeInvoicesFile } from './make-invoices-file.ts'
import { makeUsersFile } from './make-users-file.ts'
import { measureInChild, measureInTurns, reportPass } from './measure.ts'

/** Lints a file of several record types beside one of a single type with as many rows. */
const ROWS = 50_000

/** Each file several times in one pass, so that the start of the engine counts little. */
const TIMES = 20

async function lint(object: string, path: string): Promise<number> {
  const schema = selectSchema(loadSchema(object, 'import'))
  const context = { schema, fileName: undefined, purpose: 'delivery', today: new Date('2026-11-20T00:00:00Z') } as const
  let rows = 0
  for (let time = 0; time < TIMES; time += 1) {
    const report = await lintStream(createReadStream(path, { highWaterMark: 256 * 1024 }), context)
    if (report.counts.error > 0) throw new Error(`${path}: ${report.findings[0]?.message ?? 'errors'}`)
    rows += report.rows
  }
  return rows
}

async function compare(): Promise<void> {
  const paths: Readonly<Record<string, string>> = {
    users: await makeUsersFile({ rows: ROWS }),
    invoices: await makeInvoicesFile(ROWS),
  }
  const passes = Object.entries(paths).map(
    ([object, path]) => [object, () => measureInChild(import.meta.filename, [object, path])] as const,
  )
  const results = await measureInTurns(Object.fromEntries(passes))
  console.log(
    `\n${ROWS.toLocaleString('en')} rows, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
  )
  const rows = await Promise.all(
    Object.entries(results).map(async ([object, { seconds, cpuSeconds, count, peakMegabytes }]) => {
      const megabytes = ((await stat(paths[object] ?? '')).size * TIMES) / 1e6
      const speeds = {
        'MB/s': (megabytes / seconds).toFixed(0),
        'MB per CPU second': (megabytes / cpuSeconds).toFixed(0),
      }
      return [
        object,
        {
          MB: (megabytes / TIMES).toFixed(1),
          ...speeds,
          'rows/s': Math.round(count / seconds),
          'peak MB': peakMegabytes.toFixed(0),
        },
      ]
    }),
  )
  console.table(Object.fromEntries(rows))
}

const [object, path] = process.argv.slice(2)
if (object === undefined || path === undefined) await compare()
else await reportPass(() => lint(object, path))
