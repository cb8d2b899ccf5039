import { describe, expect, it } from '@jest/globals'
import { runCli } from '../../test/support/run-cli.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { COMMANDS } from './commands/index.ts'
import type { Io } from './io.ts'
import { runProgram } from './program.ts'

const folder = useTempFolder()
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(words, { folder: folder.path })

describe('flatgate', () => {
  it.each(['--version', '-V'])('prints its version alone with %s', async (word) => {
    const { exit, out, err } = await run(word)
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  })

  it('lists every command and the exit codes in its help', async () => {
    const { exit, out, err } = await run('--help')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    const text = out.join('\n')
    for (const name of Object.keys(COMMANDS)) expect(text).toMatch(new RegExp(`^  ${name}\\b.*  \\S`, 'm'))
    for (const code of [0, 1, 2, 3, 4, 5, 70]) expect(text).toContain(`${code} `)
  })

  it.each(Object.keys(COMMANDS))('has help with examples or subcommands for %s', async (name) => {
    const { exit, out, err } = await run(name, '--help')
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out.join('\n')).toMatch(/Examples:\n {2}\$ flatgate/)
    expect((await run('help', name)).out).toEqual(out)
  })

  it('answers a call without a command with help on stderr and exit code 2', async () => {
    const { exit, out, err } = await run()
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err.join('\n')).toMatch(/Usage: flatgate/)
  })

  it.each([
    [['lnit'], /unknown command 'lnit'/, /lint/],
    [['lint', '--objct', 'users', 'x.csv'], /unknown option '--objct'/, /--object/],
    [['schema', 'lst'], /lst/, /list/],
    [['lint'], /missing required argument 'file'/, /--help/],
    [['history', '--limit', 'many'], /whole number/, /--help/],
    [['run', '--wait', '-1'], /whole number|unknown option/, /--help/],
    [['schema', 'list', '--direction', 'in'], /import, export/, /--help/],
  ])('answers %j with what is wrong, what to do and exit code 2', async (words, wrong, next) => {
    const { exit, out, err } = await run(...words)
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err.join('\n')).toMatch(wrong)
    expect(err.join('\n')).toMatch(next)
  })

  it.each(['run', 'serve', 'status', 'history', 'fetch', 'doctor'])(
    'says that %s needs a configuration',
    async (name) => {
      const { exit, out, err } = await run(name)
      expect({ exit, out }).toEqual({ exit: 2, out: [] })
      expect(err[0]).toMatch(/CONFIG_NOT_FOUND.*folder=/)
      expect(err[1]).toMatch(/→ run `flatgate init`/)
    },
  )

  it('says of an error of the system where it was, with exit code 4', async () => {
    const { exit, err } = await run('lint', '--config', '/proc/1/mem', 'x.csv')
    expect(exit).toBe(4)
    expect(err.join('\n')).toMatch(/FILE_UNREADABLE.*path=\/proc\/1\/mem/)
  })

  it('ends with 70 and the stack when the program itself is at fault', async () => {
    const err: string[] = []
    const broken = {
      err: (text: string) => void err.push(text),
      out: () => {
        throw new TypeError('a fault')
      },
      folder: folder.path,
      env: {},
    } as unknown as Io
    expect(await runProgram(['explain', 'C405'], broken)).toBe(70)
    expect(err.join('\n')).toMatch(/fault of the program itself[^]*TypeError: a fault\n +at /)
  })
})

describe('a call with --json that fails', () => {
  it.each([
    ['without a configuration', ['status', '--json'], 2, 'CONFIG_NOT_FOUND'],
    ['an object that there is not', ['schema', 'show', 'usres', '--json'], 2, 'SCHEMA_UNKNOWN'],
    ['an option that there is not', ['status', '--json', '--nonsense'], 2, 'USAGE'],
    ['a value that does not fit', ['history', '--json', '--limit', 'many'], 2, 'USAGE'],
    ['a command that there is not', ['nonsense', '--json'], 2, 'USAGE'],
  ])('tells it as one line of JSON on stderr: %s', async (_title, words, exit, code) => {
    const result = await run(...words)
    expect({ exit: result.exit, out: result.out }).toEqual({ exit, out: [] })
    expect(result.err).toHaveLength(1)
    expect(JSON.parse(result.err[0] ?? '')).toEqual({
      version: 1,
      error: {
        code,
        message: expect.stringMatching(/\w/),
        next: expect.stringMatching(/\w/),
        details: expect.any(Object),
        exit,
      },
    })
  })

  it('has the facts of the error, so that nobody has to read its message', async () => {
    folder.write('flatgate.yaml', 'pickUp: { settleSeconds: 0 }\n')
    const { err } = await run('config', 'validate', '--json')
    expect(JSON.parse(err.at(-1) ?? '')).toMatchObject({
      error: {
        code: 'CONFIG_INVALID',
        details: { path: folder.at('flatgate.yaml'), line: 1, place: 'pickUp.settleSeconds' },
      },
    })
  })
})
