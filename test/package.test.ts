import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

// What a user gets from the registry: packed, installed into an empty folder, and used from there.

let folder: string
let consumer: string
let packed: readonly string[]

interface Ran {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

function run(
  program: string,
  words: readonly string[],
  options: { cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
): Ran {
  const { cwd = consumer, input = '', env = process.env } = options
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    input,
    env,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  if (error) throw error
  return { exit: status, out: stdout, err: stderr }
}

/** Runs npm. @throws {Error} With what it said. */
function npm(cwd: string, ...words: string[]): string {
  // Without the settings that an `npm test` around us hands down, which would speak of this repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
  const { exit, out, err } = run('npm', words, { cwd, env })
  if (exit !== 0) throw new Error(`npm ${words.join(' ')}:\n${out}\n${err}`)
  return out
}

const launcher = (): string => join(consumer, 'node_modules/flatgate/bin/flatgate.cjs')
const flatgate = (words: readonly string[], input?: string): Ran =>
  run(process.execPath, [launcher(), ...words], input === undefined ? {} : { input })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-package-'))
  consumer = join(folder, 'consumer')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n')
  const [tarball] = JSON.parse(npm(process.cwd(), 'pack', '--json', '--silent', '--pack-destination', folder)) as [
    { filename: string; files: { path: string }[] },
  ]
  packed = tarball.files.map(({ path }) => path)
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  npm(consumer, 'install', ...quiet, join(folder, tarball.filename))
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('holds what it needs at run time and nothing else', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'bin/flatgate.cjs',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/lint/rules/value-not-allowed.md',
        'schemas/index.json',
        'schemas/import/users.json',
        'schemas/config.schema.json',
        'fixtures/demo/users.csv',
        'README.md',
      ]),
    )
    expect(packed.filter((path) => /\.test\.|^(?:src|test|bench|scripts|docs)\/|node_modules/.test(path))).toEqual([])
  })

  it('brings the page of every rule', () => {
    const pages = readdirSync('src/lint/rules').filter((name) => name.endsWith('.md'))
    expect(packed).toEqual(expect.arrayContaining(pages.map((name) => `dist/lint/rules/${name}`)))
  })

  it('installs no Node of its own and runs no script', () => {
    const installed = readdirSync(join(consumer, 'node_modules'))
    expect(installed).toContain('flatgate')
    expect(installed.filter((name) => /^node(?:-bin)?-/.test(name))).toEqual([])
    const { scripts = {} } = JSON.parse(readFileSync(join(consumer, 'node_modules/flatgate/package.json'), 'utf8')) as {
      scripts?: Record<string, string>
    }
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([])
  })

  it('answers npx with its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(run('npx', ['--no', '--', 'flatgate', '--version'])).toEqual({ exit: 0, out: `${version}\n`, err: '' })
  })

  it('writes a template that it then finds in order', () => {
    const template = flatgate(['template', 'users'])
    expect({ exit: template.exit, err: template.err }).toEqual({ exit: 0, err: '' })
    const linted = flatgate(['lint', '-', '--object', 'users', '--format', 'json'], template.out)
    expect({ exit: linted.exit, err: linted.err }).toEqual({ exit: 0, err: '' })
    expect(JSON.parse(linted.out)).toMatchObject({ files: [{ object: 'users', counts: { error: 0 } }] })
  })

  it('explains a rule', () => {
    const { exit, out } = flatgate(['explain', 'C405'])
    expect(exit).toBe(0)
    expect(out).toMatch(/^# C405 value-not-allowed\n/)
  })

  it('plays the demo', () => {
    const { exit, out } = flatgate(['demo'])
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringMatching(/exchange-rates .*taken/) })
  })

  it('is a typed library', () => {
    writeFileSync(join(consumer, 'use.ts'), USE)
    const types = { typeRoots: [resolve('node_modules/@types')], types: ['node'] }
    const options = {
      ...types,
      strict: true,
      module: 'nodenext',
      target: 'es2024',
      lib: ['es2024'],
      skipLibCheck: true,
      outDir: 'out',
    }
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['use.ts'] }))
    expect(run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.'])).toEqual({
      exit: 0,
      out: '',
      err: '',
    })
    expect(run(process.execPath, ['out/use.js'])).toEqual({ exit: 0, out: '1 error, 1 row, FILE_NOT_FOUND\n', err: '' })
  })
})

const USE = `
import { type FlatRow, GatewayError, lint, readFlatFile, writeFlatFile } from 'flatgate'

const rows = [{ Login: 'ann', Email: 'no address', 'First Name': 'Ann', 'Last Name': 'Lee' }]
const columns = ['Login', 'Email', 'First Name', 'Last Name']
const file = (): AsyncGenerator<Uint8Array> => writeFlatFile(rows, { object: 'users', columns })
const report = await lint(file(), { object: 'users' })
const read: FlatRow[] = []
for await (const row of readFlatFile(file(), { object: 'users' })) read.push(row)
let code = ''
try {
  await lint('nowhere.csv', { object: 'users' })
} catch (error) {
  if (error instanceof GatewayError) code = error.code
}
const errors: number = report.counts.error
// @ts-expect-error a number is no text: the types are there
export const text: string = report.counts.error
console.log(\`\${errors} error, \${read.length} row, \${code}\`)
`

describe('the launcher on an old Node', () => {
  /** Says of itself that it is Node 18, before the launcher looks. */
  const PRETEND = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })"

  function pretendOld(...words: string[]): Ran {
    const stub = join(folder, 'old.cjs')
    writeFileSync(stub, PRETEND)
    return run(process.execPath, ['-r', stub, launcher(), ...words])
  }

  it.each([['--version'], ['lint', 'x.csv']])('says which Node it needs and exits 2 (%s)', (...words) => {
    const { exit, out, err } = pretendOld(...words)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatch(/needs Node\.js 24\.15 or newer; this is v\d+.*\n.*npm install node-\S+@26/)
  })

  it('uses the copy of Node that is installed beside it, and hands on input, output and exit code', () => {
    const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
    const name = platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`
    const beside = join(consumer, 'node_modules', name, 'bin')
    mkdirSync(beside, { recursive: true })
    writeFileSync(join(beside, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 })
    try {
      expect(pretendOld('--version')).toMatchObject({ exit: 0, err: '' })
      expect(pretendOld('lint', 'none.csv')).toMatchObject({
        exit: 2,
        out: '',
        err: expect.stringMatching(/FILE_NOT_FOUND/),
      })
    } finally {
      rmSync(join(consumer, 'node_modules', name), { recursive: true })
    }
  })

  it('is read by the oldest Node of this machine', () => {
    const places = (process.env['PATH'] ?? '').split(':').concat('/usr/bin', '/usr/local/bin')
    const nodes = [...new Set(places.map((place) => join(place, 'node')))].filter((path) => existsSync(path))
    const isOld = (path: string): boolean => Number(/^v(\d+)/.exec(run(path, ['--version']).out)?.[1]) < 24
    // Where every Node is new enough, the launcher must simply work on each.
    for (const node of nodes) {
      expect(run(node, [launcher(), '--version']).exit).toBe(isOld(node) ? 2 : 0)
    }
  })
})
