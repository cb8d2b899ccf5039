import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { styleText } from 'node:util'
import { Option } from 'commander'
import { type LintedFile, lintFile, readVersion } from '../../app/index.ts'
import { GatewayError, systemClock } from '../../base/index.ts'
import { type JsonReport, reportAsJson, reportAsText, type ReportStyle } from '../../lint/index.ts'
import { defineCommand, examples } from '../command.ts'
import { Exit, type Io } from '../io.ts'
import { openInstance } from '../open.ts'
import { createProgress } from '../progress.ts'
import { wholeNumber, wordList } from '../words.ts'

interface LintWords {
  readonly object?: string
  readonly direction?: 'import' | 'export'
  readonly release?: string
  readonly format: 'text' | 'json'
  readonly json?: true
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
  readonly maxFindings: number
  readonly stdinFilename?: string
  readonly output?: string
  readonly config?: string
}

/** `flatgate lint`: checks files and sends nothing. Exit 1 when a finding is an error. */
export const lintCommand = defineCommand({
  name: 'lint',
  declare(program, { io, action }) {
    program
      .command('lint')
      .summary('check files without sending them')
      .description(
        'Checks files against the format of their Coupa object and sends nothing.\nThe object is taken from --object, else from the folder or the name, else from the header.',
      )
      .argument('<file...>', 'CSV files; - reads standard input')
      .option('--object <name>', 'Coupa object, as `flatgate schema list` names it')
      .addOption(new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']))
      .option('--release <release>', 'Coupa release, such as R35 or 2026')
      .addOption(new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'))
      .option('--json', 'the same as --format json')
      .option(
        '--select <codes>',
        'only these rules: codes, beginnings of codes or names, with commas between',
        wordList,
      )
      .option('--ignore <codes>', 'leave these rules out', wordList)
      .option('--max-findings <count>', 'list at most so many per file; the counts stay whole', wholeNumber(0), 1000)
      .option('--stdin-filename <name>', 'name that standard input is taken to have')
      .option('--output <file>', 'write the report to a file')
      .option(
        '--config <file>',
        'configuration with release and custom fields; flatgate.yaml of this folder or above when absent',
      )
      .addHelpText(
        'after',
        examples(
          'flatgate lint users.csv',
          'flatgate lint --object suppliers --format json export-of-erp.csv',
          'cat hr.csv | flatgate lint - --stdin-filename users.csv',
        ),
      )
      .action(
        action(async (paths: readonly string[], words: LintWords) => {
          const linted = await lintAll(io, paths, words)
          const text =
            words.json || words.format === 'json' ? jsonText(linted) : plainText(io, linted, words.output === undefined)
          if (words.output === undefined) io.out(text)
          else await writeFile(resolve(io.folder, words.output), `${text}\n`)
          return linted.some(({ report }) => report.counts.error > 0) ? Exit.findings : Exit.done
        }),
      )
  },
})

async function lintAll(io: Io, paths: readonly string[], words: LintWords): Promise<readonly LintedFile[]> {
  if (paths.filter((path) => path === '-').length > 1)
    throw new GatewayError('USAGE', { path: '-', reason: 'standard input can be read once only' })
  const config = await openInstance(io, words.config)
  const linted: LintedFile[] = []
  for (const path of paths) {
    const progress = createProgress(io, path)
    try {
      const { object, direction, release, select, ignore } = words
      const request = {
        path: path === '-' ? path : resolve(io.folder, path),
        standardInput: io.input,
        ...(words.stdinFilename === undefined ? {} : { inputName: words.stdinFilename }),
        ...(object === undefined ? {} : { object }),
        ...(direction === undefined ? {} : { direction }),
        ...(release === undefined ? {} : { release }),
        ...(select === undefined ? {} : { select }),
        ...(ignore === undefined ? {} : { ignore }),
        maxFindings: words.maxFindings,
        config,
        clock: systemClock,
        onProgress: progress.update,
      }
      const { subject, report } = await lintFile(request)
      linted.push({ subject: path === '-' ? subject : { ...subject, path }, report })
    } finally {
      progress.stop()
    }
  }
  return linted
}

function jsonText(linted: readonly LintedFile[]): string {
  const document: JsonReport = {
    version: 1,
    flatgate: readVersion(),
    files: linted.map(({ subject, report }) => reportAsJson(subject, report)),
  }
  return JSON.stringify(document, undefined, 2)
}

function plainText(io: Io, linted: readonly LintedFile[], isForTerminal: boolean): string {
  const style = io.isColoured && isForTerminal ? COLOURS : undefined
  return linted
    .map(({ subject, report }) => reportAsText(subject, report, style))
    .join('\n')
    .trimEnd()
}

const SEVERITY_COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const

const COLOURS: ReportStyle = {
  severity: (severity, text) => styleText(SEVERITY_COLOURS[severity], text, { validateStream: false }),
  strong: (text) => styleText('bold', text, { validateStream: false }),
  faint: (text) => styleText('dim', text, { validateStream: false }),
}
