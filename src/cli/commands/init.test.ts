import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'

const folder = useTempFolder()
const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['init', ...words], { folder: folder.path })
const validate = (at: string): ReturnType<typeof runCli> => runCli(['config', 'validate'], { folder: folder.at(at) })

describe('flatgate init', () => {
  it('writes a valid configuration and the drop folders, without a question where there is no terminal', async () => {
    const { exit, out, err } = await run()
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out[0]).toBe(`${folder.at('flatgate.yaml')} is written.`)
    expect(existsSync(folder.at('inbound/exchange-rates'))).toBe(true)
    expect(await validate('.')).toMatchObject({ exit: 0 })
  })

  it('asks nothing with --yes, on a terminal either', async () => {
    const result = await runCli(['init', '--yes'], { folder: folder.path, isInputTerminal: true, isErrTerminal: true })
    expect(result).toMatchObject({ exit: 0, err: [] })
  })

  it('writes into a folder that it makes, and takes the answers as options', async () => {
    const words = ['gate/way', '--host', 'sftp.acme.com', '--username', 'acme', '--time-zone', 'Europe/Berlin']
    expect(await run(...words)).toMatchObject({ exit: 0 })
    const text = readFileSync(folder.at('gate/way/flatgate.yaml'), 'utf8')
    expect(text).toMatch(/^ {2}host: sftp\.acme\.com$/m)
    expect(text).toMatch(/^timeZone: Europe\/Berlin /m)
    expect(await validate('gate/way')).toMatchObject({ exit: 0 })
  })

  it.each(['a: b', '#x', '"', "it's", 'yes', '123', '{}', '- a', 'ü'])(
    'writes the user name %j so that it is read back',
    async (name) => {
      await run('--username', name)
      const { out } = await runCli(['config', 'show', '--json'], { folder: folder.path })
      expect(JSON.parse(out.join('\n'))).toMatchObject({ config: { server: { username: name } } })
    },
  )

  it('never replaces a file', async () => {
    folder.write('flatgate.yaml', 'mine')
    const { exit, out, err } = await run('--yes')
    expect({ exit, out }).toEqual({ exit: 2, out: [] })
    expect(err.join('\n')).toMatch(/is there already and is not replaced/)
    expect(readFileSync(folder.at('flatgate.yaml'), 'utf8')).toBe('mine')
  })

  it.each([
    ['--time-zone', 'Mars'],
    ['--host', ' '],
    ['--username', ''],
  ])('refuses %s %j and writes nothing', async (option, value) => {
    const { exit, err } = await run(option, value)
    expect(exit).toBe(2)
    expect(err[0]).toContain(option)
    expect(existsSync(folder.at('flatgate.yaml'))).toBe(false)
  })

  it('prints JSON on request', async () => {
    expect(jsonOf(await run('--json'))).toEqual({ version: 1, path: folder.at('flatgate.yaml') })
  })
})
