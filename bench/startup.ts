import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

const LAUNCHER = isBuilt ? installedLauncher() : join(root, 'bin/flatgate.cjs')
const CASES: Readonly<Record<string, readonly string[]>> = {
  'node -e 0': ['-e', '0'],
  'flatgate --version': [LAUNCHER, '--version'],
  'flatgate lint (10 rows)': [LAUNCHER, 'lint', users],
  'flatgate schema list': [LAUNCHER, 'schema', 'list'],
  'flatgate --help': [LAUNCHER, '--help'],
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

/** The launcher in a folder that looks as the package does when it is installed: no sources beside it. */
function installedLauncher(): string {
  const packages = join(folder, 'node_modules')
  mkdirSync(join(packages, 'flatgate'), { recursive: true })
  for (const name of ['bin', 'dist', 'schemas', 'package.json']) {
    cpSync(join(root, name), join(packages, 'flatgate', name), { recursive: true })
  }
  // Every package is found from there as from here.
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== 'flatgate' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(packages, name))
  }
  return join(packages, 'flatgate', 'bin', 'flatgate.cjs')
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
