import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What one pass in a process of its own took. */
export interface Measurement {
  readonly seconds: number
  /** Of the processor, all threads: steadier than `seconds` on a busy machine. */
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  /** What the pass counted: two passes over one file that disagree did not do the same work. */
  readonly count: number
  /** Time in which the pass waited for commits of the ledger, where it has one. */
  readonly ledgerSeconds?: number
}

/** `undefined` where a program is not installed. */
export type Measured = Measurement | undefined

/** Work that is measured; gives a count of what it saw. */
export type Pass = () => Promise<number>

const run = promisify(execFile)

/**
 * Measures one pass here, and prints it for {@link measureInChild}. The start of the process is not counted.
 *
 * @param more What the pass itself has measured, asked for at its end.
 */
export async function reportPass(pass: Pass, more: () => Partial<Measurement> = () => ({})): Promise<void> {
  const startedAt = performance.now()
  const cpuAtStart = process.cpuUsage()
  const count = await pass()
  const seconds = (performance.now() - startedAt) / 1000
  const cpu = process.cpuUsage(cpuAtStart)
  const cpuSeconds = (cpu.user + cpu.system) / 1e6
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  const measurement: Measurement = { seconds, cpuSeconds, peakMegabytes, count, ...more() }
  console.log(JSON.stringify(measurement))
}

/** Runs a bench file with arguments in a fresh process, so that the peak of memory belongs to one pass alone. */
export async function measureInChild(file: string, args: readonly string[]): Promise<Measurement> {
  // As the launcher does: a process that strips types from the sources first takes some 20 MB more.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(import.meta.dirname, '.data', 'compile-cache') }
  const { stdout } = await run(process.execPath, [file, ...args], { env })
  return JSON.parse(stdout) as Measurement
}

/**
 * Runs another program once and measures it from start to end; `undefined` where it, or GNU time, is not installed. What
 * it prints is thrown away, and its exit code does not count: that of a linter says what it found.
 */
export async function measureCommand(command: string, args: readonly string[]): Promise<Measured> {
  const startedAt = performance.now()
  const child = spawn('/usr/bin/time', ['-f', '%U %S %M', command, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let end = ''
  child.stderr.on('data', (chunk: Buffer) => (end = (end + chunk.toString()).slice(-1_000)))
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    // 127: GNU time found no such program.
    if (code === 127) return undefined
  } catch (cause) {
    // No GNU time.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
  const [user = 0, system = 0, kilobytes = 0] = (end.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  const seconds = (performance.now() - startedAt) / 1000
  return { seconds, cpuSeconds: user + system, peakMegabytes: kilobytes / 1024, count: 0 }
}

/** Measures each named pass several times in turns, so that a busy moment of the machine hits all; the median by time. */
export async function measureInTurns<One extends Measured>(
  passes: Readonly<Record<string, () => Promise<One>>>,
  times = 3,
): Promise<Readonly<Record<string, One>>> {
  const all = Object.entries(passes).map(([name, measure]) => ({ name, measure, measured: [] as One[] }))
  for (let time = 0; time < times; time++) {
    for (const { measure, measured } of all) measured.push(await measure())
  }
  return Object.fromEntries(all.map(({ name, measured }) => [name, medianOf(measured)]))
}

function medianOf<One extends Measured>(measured: readonly One[]): One {
  const sorted = measured.toSorted((one, other) => (one?.seconds ?? 0) - (other?.seconds ?? 0))
  return sorted[Math.floor(sorted.length / 2)] as One
}
