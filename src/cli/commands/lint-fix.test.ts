import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type CliResult, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { writeZip } from '../../pack/index.ts'

const HEADER = '"Login","Email","First Name","Last Name","Status"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer","active"\r\n'
const CLEAN = HEADER + ANN
const DAMAGED = `\uFEFF${CLEAN.replace('Archer', ' Archer').replace('"ann"', 'ann')}`

const temp = useTempFolder()
const read = (name: string): string => readFileSync(temp.at(name), 'utf8')

function lint(words: readonly string[], input = ''): Promise<CliResult> {
  return runCli(['lint', ...words], { folder: temp.path, input })
}

describe('flatgate lint --fix', () => {
  it('writes a mended copy, reports what is left of it and leaves the file alone', async () => {
    temp.write('users.csv', DAMAGED.replace('active', 'actve'))
    const { exit, out, err } = await lint(['users.csv', '--fix', '--format', 'concise'])
    expect(read('users.fixed.csv')).toBe(CLEAN.replace('active', 'actve'))
    expect(read('users.csv')).toBe(DAMAGED.replace('active', 'actve'))
    expect([exit, out[0]]).toEqual([1, expect.stringMatching(/^users\.fixed\.csv:2:\d+: error C405/)])
    expect(err).toEqual(['users.csv: 3 places mended (C601, F102, F202); written to users.fixed.csv'])
    expect(readdirSync(temp.path).sort()).toEqual(['users.csv', 'users.fixed.csv'])
  })

  it('writes nothing where there is nothing to mend', async () => {
    temp.write('users.csv', CLEAN)
    expect((await lint(['users.csv', '--fix'])).err).toEqual(['users.csv: nothing to mend'])
    expect(readdirSync(temp.path)).toEqual(['users.csv'])
  })

  it('mends what is chosen only', async () => {
    temp.write('users.csv', DAMAGED)
    await lint(['users.csv', '--fix', '--select', 'F102'])
    expect(read('users.fixed.csv')).toBe(DAMAGED.slice(1))
  })

  it('takes the place of the file on request and keeps every old one', async () => {
    temp.write('users.csv', DAMAGED, 0o640)
    const { err } = await lint(['users.csv', '--fix', '--in-place'])
    expect(err[0]).toMatch(/written to users\.csv; the old file is kept as users\.csv\.bak$/)
    expect([read('users.csv'), read('users.csv.bak')]).toEqual([CLEAN, DAMAGED])
    expect(statSync(temp.at('users.csv')).mode & 0o777).toBe(0o640)
    temp.write('users.csv', DAMAGED)
    await lint(['users.csv', '--in-place'])
    expect(read('users.csv.bak2')).toBe(DAMAGED)
  })

  it('writes where it is told, from standard input too', async () => {
    const words = ['-', '--stdin-filename', 'users.csv', '--fix', '--output', 'out.csv']
    expect((await lint(words, DAMAGED)).exit).toBe(0)
    expect(read('out.csv')).toBe(CLEAN)
  })

  it('needs a place for what came from standard input without a name', async () => {
    expect((await lint(['-', '--object', 'users', '--fix'], DAMAGED)).exit).toBe(2)
  })

  it('writes files of archives beside the archive', async () => {
    temp.write('a.zip', writeZip([{ name: 'in/users.csv', content: Buffer.from(DAMAGED) }]))
    await lint(['a.zip', '--fix'])
    expect(read('users.fixed.csv')).toBe(CLEAN)
    expect((await lint(['a.zip', '--in-place'])).exit).toBe(2)
  })

  it('says what cannot be mended', async () => {
    temp.write('users.csv', Buffer.from(CLEAN, 'utf16le'))
    expect((await lint(['users.csv', '--fix'])).err[0]).toMatch(
      /cannot be mended: it is no text in Coupa’s dialect \(UTF-16LE\)/,
    )
  })
})

describe('flatgate lint --unsafe-fixes', () => {
  it('reads another encoding and says so', async () => {
    temp.write('users.csv', Buffer.from(`\uFEFF${CLEAN.replaceAll(',', '\t')}`, 'utf16le'))
    const { err } = await lint(['users.csv', '--unsafe-fixes'])
    expect(read('users.fixed.csv')).toBe(CLEAN)
    expect(err.slice(1)).toEqual(['users.csv: read as UTF-16LE', 'users.csv: read as separated by tabs'])
  })

  it('splits a file that is too long, in load order', async () => {
    const rows = Array.from({ length: 5001 }, (_, index) => ANN.replaceAll('ann', `u${index}`))
    temp.write('users.csv', HEADER + rows.join(''))
    const { exit, err } = await lint(['users.csv', '--unsafe-fixes', '--ignore', 'F303'])
    expect(exit).toBe(0)
    expect(err[0]).toBe('users.csv: 1 place mended (F301); written to users.fixed_1.csv, users.fixed_2.csv')
    expect(read('users.fixed_1.csv')).toBe(HEADER + rows.slice(0, 5000).join(''))
    expect(read('users.fixed_2.csv')).toBe(HEADER + (rows[5000] ?? ''))
    await lint(['users.csv', '--unsafe-fixes', '--in-place'])
    expect(readdirSync(temp.path)).toEqual(expect.arrayContaining(['users.csv.bak', 'users_1.csv', 'users_2.csv']))
    expect(readdirSync(temp.path)).not.toContain('users.csv')
  })
})

describe('flatgate lint --diff', () => {
  it('shows what would change, as patch takes it, and writes nothing', async () => {
    temp.write('users.csv', DAMAGED)
    const { exit, out, err } = await lint(['users.csv', '--diff'])
    expect(exit).toBe(1)
    expect(err).toEqual(['users.csv: would be mended: 3 places mended (C601, F102, F202)'])
    expect(readdirSync(temp.path)).toEqual(['users.csv'])
    expect(out.slice(0, 2)).toEqual(['--- users.csv', '+++ users.fixed.csv'])
    execFileSync('patch', ['--binary', temp.at('users.csv')], { input: `${out.join('\n')}\n` })
    expect(read('users.csv')).toBe(CLEAN)
  })

  it('exits 0 where nothing would change', async () => {
    temp.write('users.csv', CLEAN)
    expect(await lint(['users.csv', '--diff'])).toMatchObject({ exit: 0, out: [], err: ['users.csv: nothing to mend'] })
  })
})
