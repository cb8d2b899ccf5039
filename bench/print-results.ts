import { cpus } from 'node:os'
import type { Measurement } from './measure.ts'

/** Prints measurements as a table, beside the one named first; those that were not made say so. */
export function printResults(title: string, results: Readonly<Record<string, Measurement | undefined>>): void {
  const [bare] = Object.values(results)
  console.log(`\n${title}; ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`)
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, measured]) => {
        if (measured === undefined) return [name, { seconds: 'not installed' }]
        const { seconds, cpuSeconds, peakMegabytes, count } = measured
        const row = {
          seconds: seconds.toFixed(2),
          'CPU seconds': cpuSeconds.toFixed(2),
          'times as fast, by CPU': ((bare?.cpuSeconds ?? cpuSeconds) / cpuSeconds).toFixed(1),
          'peak MB': peakMegabytes.toFixed(0),
          count,
        }
        return [name, row]
      }),
    ),
  )
}
