import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Files beside the benches that are none. */
const PARTS = new Set([
  'run',
  'measure',
  'make-users-file',
  'make-invoices-file',
  'csv-parse-pass',
  'duckdb-pass',
  'print-results',
  'transfer-place',
  'delay-relay',
])

/**
 * Runs the named benches, or all, one after the other: `npm run bench -- scan`. They are given what follows the names:
 * `npm run bench -- lint --gigabytes 2`.
 */
async function runBenches(words: readonly string[]): Promise<number> {
  const firstOption = words.findIndex((word) => word.startsWith('--'))
  const wanted = firstOption === -1 ? words : words.slice(0, firstOption)
  const options = words.slice(wanted.length)
  const files = await readdir(import.meta.dirname)
  const benches = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((bench) => !PARTS.has(bench))
    .toSorted()
  const unknown = wanted.find((bench) => !benches.includes(bench))
  if (unknown !== undefined) {
    console.error(`There is no bench ${unknown}; there are: ${benches.join(', ')}`)
    return 2
  }
  for (const bench of wanted.length > 0 ? wanted : benches) {
    const child = spawn(process.execPath, [join(import.meta.dirname, `${bench}.ts`), ...options], { stdio: 'inherit' })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) return code ?? 1
  }
  return 0
}

process.exitCode = await runBenches(process.argv.slice(2))
