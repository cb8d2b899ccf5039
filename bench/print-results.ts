import { cpus } from 'node:os'
import type { Measured } from './measure.ts'

/** Prints measurements as a table, beside the one named first; those that were not made say so. */
export function printResults(title: string, results: Readonly<Record<string, Measured>>): void {
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
          'times as fast': ((bare?.seconds ?? seconds) / seconds).toFixed(1),
          'by CPU': ((bare?.cpuSeconds ?? cpuSeconds) / cpuSeconds).toFixed(1),
          'peak MB': peakMegabytes.toFixed(0),
          count,
        }
        return [name, row]
      }),
    ),
  )
}

/** What is measured, the figure, and what is demanded of it, where anything is. */
type Demand = readonly [what: string, figure: number, bound?: 'at least' | 'at most', limit?: number]

/** Prints figures beside what is demanded of them. */
export function printDemands(demands: readonly Demand[]): void {
  for (const [what, figure, bound, limit = 0] of demands) {
    const shown = `${what}: ${figure.toFixed(figure < 100 ? 2 : 0)}`
    const isMet = bound === 'at least' ? figure >= limit : figure <= limit
    console.log(bound === undefined ? shown : `${shown}; ${bound} ${limit}: ${isMet ? 'met' : 'NOT MET'}`)
  }
}
