import { Option } from 'commander'
import { type LintMemory, type LoadedConfig, loadLinting } from '../../app/index.ts'
import { defineCommand, examples } from '../command.ts'
import type { ExitCode, Io } from '../io.ts'
import { instanceOf, openNearest } from '../open.ts'
import { wholeNumber, wordList } from '../words.ts'
import type { LintCall } from './lint-call.ts'
import { LINT_FORMATS } from './lint-format.ts'
import { checkWords, isFixing, type LintWords } from './lint-words.ts'

/** `flatgate lint`: checks files and sends nothing. Exit 1 when a finding is an error. */
export const lintCommand = defineCommand({
  name: 'lint',
  declare(program, { io, action }) {
    program
      .command('lint')
      .summary('check files without sending them, and mend them')
      .description(
        'Checks files against the format of their Coupa object and sends nothing.\n' +
          'The object is taken from --object, else from the folder or the name, else from the header.\n' +
          'Several files are one run, in the order in which Coupa can load them.',
      )
      .argument(
        '<file...>',
        'CSV files, ZIP archives, folders with all below them, or patterns in quotes; - reads standard input',
      )
      .option('--object <name>', 'Coupa object, as `flatgate schema list` names it')
      .addOption(new Option('--direction <direction>', 'into or out of Coupa').choices(['import', 'export']))
      .option('--release <release>', 'Coupa release, such as R35 or 2026')
      .option(
        '--select <codes>',
        'only these rules: codes, beginnings of codes or names, with commas between',
        wordList,
      )
      .option('--ignore <codes>', 'leave these rules out', wordList)
      .addOption(new Option('--format <format>', 'form of the report').choices(LINT_FORMATS).default('text'))
      .option('--json', 'the same as --format json')
      .option('--max-findings <count>', 'list at most so many per file; the counts stay whole', wholeNumber(0), 1000)
      .option('--statistics', 'count the findings of each rule')
      .option('--output <file>', 'write the report to a file; with --fix the mended file')
      .option('--exit-zero', 'exit 0 whatever is found')
      .option('--fix', 'write a mended copy, <name>.fixed.csv, of what cannot change the meaning of a cell')
      .option('--unsafe-fixes', 'mend also what may: encodings, decimal commas, undeclared columns, files too long')
      .option('--in-place', 'mend the file itself; the old one is kept as <name>.bak')
      .option('--diff', 'show what --fix would change and write nothing; exit 1 if there is anything')
      .option('--baseline <file>', 'accept the findings that this file lists')
      .option('--write-baseline', 'accept all that is found now: write it to the file of --baseline')
      .option('--watch', 'lint what changes in a folder until Ctrl-C')
      .option('--stdin-filename <name>', 'name that standard input is taken to have')
      .option(
        '--config <file>',
        'configuration with release, custom fields and rules; flatgate.yaml of this folder or above when absent',
      )
      .option('--no-memory', 'leave out what the ledger of the configuration knows of rows that Coupa took')
      .addHelpText(
        'after',
        examples(
          'flatgate lint users.csv',
          'flatgate lint inbound --format html --output report.html',
          'flatgate lint --object suppliers --format json export-of-erp.csv',
          'flatgate lint users.csv --unsafe-fixes --diff',
          'cat hr.csv | flatgate lint - --stdin-filename users.csv',
        ),
      )
      .action(action((paths: readonly string[], words: LintWords) => runLint(io, paths, words)))
  },
})

/** Does what a call of `flatgate lint` asks for. */
async function runLint(io: Io, paths: readonly string[], typed: LintWords): Promise<ExitCode> {
  const words: LintWords = typed.json ? { ...typed, format: 'json' } : typed
  checkWords(words, io.folder)
  const [loaded, desk] = await Promise.all([openNearest(io, words.config), loadLinting()])
  const config = await instanceOf(loaded)
  desk.checkLintConfig(config.lint)
  const memory = words.memory && loaded ? await openMemory(io, desk, loaded) : undefined
  try {
    return await lintAs({ io, words, config, desk, ...(memory ? { memory } : {}) }, paths)
  } finally {
    await memory?.close()
  }
}

async function lintAs(call: LintCall, paths: readonly string[]): Promise<ExitCode> {
  const { io, words, desk } = call
  if (words.watch) return (await import('./lint-watch.ts')).watchAndLint(call, paths)
  const inputs = await desk.findInputs(paths, {
    folder: io.folder,
    standardInput: io.input,
    ...(words.stdinFilename === undefined ? {} : { inputName: words.stdinFilename }),
  })
  if (inputs.length === 0) io.err(`info: ${paths.join(', ')}: no CSV file and no ZIP file there; nothing was checked`)
  if (isFixing(words)) return (await import('./lint-fix.ts')).fixInputs(call, inputs)
  return (await import('./lint-run.ts')).lintInputs(call, inputs)
}

/** Says in one line whether what was taken before is known, for it changes what is found. */
async function openMemory(io: Io, desk: LintCall['desk'], loaded: LoadedConfig): Promise<LintMemory | undefined> {
  const memory = await desk.openLintMemory(loaded)
  if (memory === undefined) return undefined
  if ('reason' in memory) {
    io.err(`memory: not used, ${memory.reason}`)
    return undefined
  }
  io.err(`memory: what ${memory.target} took before; --no-memory leaves it out`)
  return memory
}
