import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Longest file, in lines; tests may be a little longer. */
const LONGEST = 350
const LONGEST_TEST = 400

/** Names that say nothing about what is in a file. */
const EMPTY_NAMES = new Set(['utils', 'helpers', 'common', 'types', 'misc'])

/** Files that may be longer, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'src/schema/definition.ts': 'one vocabulary: the format of a definition is read from top to bottom',
}

const files = ['src', 'test', 'scripts', 'bench']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  // What benches install for themselves is not ours.
  .filter((path) => !/(?:^|\/)(?:\.data|node_modules)\//.test(path))
  .filter((name) => name.endsWith('.ts'))

const faults: string[] = []
for (const file of files) {
  const isTest = file.endsWith('.test.ts') || file.startsWith('test/')
  const lines = readFileSync(file, 'utf8').split('\n').length - 1
  const limit = isTest ? LONGEST_TEST : LONGEST
  if (lines > limit && EXCEPTIONS[file] === undefined) faults.push(`${file}: ${lines} lines, at most ${limit}`)
  if (EMPTY_NAMES.has(basename(file).replace(/(?:\.test)?\.ts$/, ''))) faults.push(`${file}: a name that says nothing`)
}
const source = files.filter((file) => file.startsWith('src/') && !file.endsWith('.test.ts'))
const sizes = source.map((file) => readFileSync(file, 'utf8').split('\n').length - 1).sort((a, b) => a - b)
console.log(
  `${source.length} source files, median ${sizes[Math.floor(sizes.length / 2)] ?? 0} lines, longest ${sizes.at(-1) ?? 0}`,
)
for (const fault of faults) console.error(fault)
process.exitCode = faults.length === 0 ? 0 : 1
