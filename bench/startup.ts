import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What a person waits for before a command says anything: medians of whole processes, in milliseconds of the wall and
 * of the processor, beside a Node that does nothing. Runs the sources, or what was built with `--built`.
 */
const RUNS = 15

const root = fileURLToPath(new URL('..', import.meta.url))
const isBuilt = process.argv.includes('--built')
const folder = mkdtempSync(join(tmpdir(), 'flatgate-startup-'))
const users = join(folder, 'users.csv')
writeFileSync(users, usersText(10))

const ENTRY = isBuilt
  ? [
      '-e',
      `import(${JSON.stringify(`file://${root}dist/cli/main.js`)}).then((cli) => cli.main(process.argv.slice(1)))`,
      '--',
    ]
  : [join(root, 'bin/flatgate.cjs')]
const CASES: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'flatgate --version': [join(root, 'bin/flatgate.cjs'), '--version'],
  'flatgate lint (10 rows)': [...ENTRY, 'lint', users],
  'flatgate schema list': [...ENTRY, 'schema', 'list'],
  'flatgate --help': [...ENTRY, '--help'],
}

const measured = new Map(Object.keys(CASES).map((name) => [name, [] as { wallMs: number; cpuMs: number }[]]))
try {
  for (let turn = 0; turn < RUNS; turn += 1) {
    for (const [name, words] of Object.entries(CASES)) measured.get(name)?.push(measure(words))
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, medians of ${RUNS}, ${isBuilt ? 'built' : 'sources'}`,
)
for (const [name, times] of measured) {
  const wall = median(times.map(({ wallMs }) => wallMs))
  const cpu = median(times.map(({ cpuMs }) => cpuMs))
  console.log(`${name.padEnd(26)} ${wall.toFixed(0).padStart(6)} ms ${cpu.toFixed(0).padStart(6)} ms of the processor`)
}

function measure(words: readonly string[]): { wallMs: number; cpuMs: number } {
  const cpuAtStart = childrenCpuMs()
  const startedAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })
  const wallMs = performance.now() - startedAt
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
  return { wallMs, cpuMs: childrenCpuMs() - cpuAtStart }
}

/** Processor time of all children that have ended. */
function childrenCpuMs(): number {
  // Fields 16 and 17 of proc(5), counted behind the name in brackets, in ticks of 10 ms.
  const fields = readStat().split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) * 10
}

function readStat(): string {
  return readFileSync('/proc/self/stat', 'utf8')
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function usersText(rows: number): string {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`
  const people = Array.from({ length: rows }, (_row, index) => [`u${index}`, `u${index}@example.com`, 'Ann', 'Lee'])
  return [['Login', 'Email', 'First Name', 'Last Name'], ...people].map(line).join('')
}
