import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { cpus } from 'node:os'
import { parse } from 'csv-parse'
import { readBlocks } from '../src/base/index.ts'
import { createScanner } from '../src/csv/index.ts'
import { makeUsersFile } from './make-users-file.ts'
import { type Measurement, measureInChild, measureInTurns, reportPass } from './measure.ts'

/** Passes over one file. Each counts the code units of all fields, so that each must have built every field's text. */
const PASSES: Readonly<Record<string, (path: string) => Promise<number>>> = {
  'csv-parse': countWithCsvParse,
  scanner: countWithScanner,
}

/** Reads arrays from the readable side with the line ends named: measured, its fastest streaming use. */
async function countWithCsvParse(path: string): Promise<number> {
  let count = 0
  const parser = createReadStream(path).pipe(parse({ bom: true, record_delimiter: ['\r\n', '\n'] }))
  parser.on('readable', () => {
    for (let record = readRecord(); record !== null; record = readRecord()) {
      for (const field of record) count += field.length
    }
  })
  const readRecord = (): readonly string[] | null => parser.read() as readonly string[] | null
  await new Promise((resolve, reject) => parser.on('end', resolve).on('error', reject))
  return count
}

async function countWithScanner(path: string): Promise<number> {
  let count = 0
  const scanner = createScanner({
    record(view) {
      for (let index = 0; index < view.fieldCount; index++) count += view.text(index).length
    },
    fault(fault) {
      throw new Error(`The file should be well-formed, but line ${fault.line} has ${fault.kind}`)
    },
  })
  for await (const chunk of readBlocks(path)) scanner.write(chunk)
  scanner.end()
  return count
}

async function compare(): Promise<void> {
  for (const hasAccents of [false, true]) {
    const path = await makeUsersFile({ hasAccents })
    const megabytes = (await stat(path)).size / 1e6
    const passes = Object.keys(PASSES).map((name) => [name, () => measureInChild(import.meta.filename, [name, path])])
    const results = await measureInTurns(Object.fromEntries(passes) as Record<string, () => Promise<Measurement>>)
    const slowest = results['csv-parse']
    console.log(
      `\n${path}: ${megabytes.toFixed(0)} MB, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`,
    )
    console.table(
      Object.fromEntries(
        Object.entries(results).map(([name, { seconds, cpuSeconds, peakMegabytes, count }]) => [
          name,
          {
            seconds: seconds.toFixed(2),
            'cpu seconds': cpuSeconds.toFixed(2),
            'MB/s': (megabytes / seconds).toFixed(0),
            'times csv-parse': ((slowest?.seconds ?? seconds) / seconds).toFixed(1),
            'by cpu': ((slowest?.cpuSeconds ?? cpuSeconds) / cpuSeconds).toFixed(1),
            'peak MB': peakMegabytes.toFixed(0),
            count,
          },
        ]),
      ),
    )
  }
}

const [name, path] = process.argv.slice(2)
const pass = name === undefined ? undefined : PASSES[name]
if (pass === undefined || path === undefined) await compare()
else await reportPass(() => pass(path))
