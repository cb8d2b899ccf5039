import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDebianPackages } from './test-setup.ts'

/**
 * The whole check of the project: types, format, lint, generated pages, then every test. Ends with the line
 * `N passed, N failed, N skipped` and exits with 1 when anything failed. Arguments go to jest.
 */
interface Tally {
  passed: number
  failed: number
  skipped: number
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 }

function check(title: string, script: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (status === 0) {
    tally.passed += 1
    console.log(`ok      ${title}`)
  } else {
    tally.failed += 1
    console.log(`FAILED  ${title}\n${stdout}${stderr}`)
  }
}

function runJest(args: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-jest-'))
  const report = join(folder, 'report.json')
  try {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
    const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`, ...args]
    const { status, signal } = spawnSync(process.execPath, [...flags, ...jest], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (!existsSync(report)) {
      tally.failed += 1
      console.log(`FAILED  jest ended without a report (${signal ?? status})`)
      return
    }
    const result = JSON.parse(readFileSync(report, 'utf8')) as JestReport
    tally.passed += result.numPassedTests
    tally.skipped += result.numPendingTests + result.numTodoTests
    // A file that cannot even be loaded has no test to count.
    tally.failed += result.numFailedTests + result.numRuntimeErrorTestSuites
    if (result.numTotalTests === 0) {
      tally.failed += 1
      console.log('FAILED  jest found no test')
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface JestReport {
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numRuntimeErrorTestSuites: number
}

ensureDebianPackages(['openssh-server', 'openssh-client', 'openssl', 'proftpd-core', 'proftpd-mod-crypto'])
check('types', 'node_modules/typescript/bin/tsc', ['--noEmit'])
check('format', 'node_modules/oxfmt/bin/oxfmt', ['--check', '.'])
check('lint', 'node_modules/oxlint/bin/oxlint', ['--type-aware', '--quiet'])
check('sizes and names', 'scripts/check-size.ts', [])
check('generated pages', 'scripts/gen.ts', ['--check'])
check('build', 'scripts/build.ts', [])
console.log('        jest …')
runJest(process.argv.slice(2))
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
process.exitCode = tally.failed === 0 ? 0 : 1
