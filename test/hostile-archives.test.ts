import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { PLAIN_INSTANCE } from '../src/app/config/schema-for.ts'
import { findInputs } from '../src/app/lint-inputs.ts'
import { lintRun } from '../src/app/lint-run.ts'
import { systemClock } from '../src/base/index.ts'
import { type CliResult, jsonOf, runCli } from './support/run-cli.ts'
import { buildZip, type RawEntry } from './support/raw-zip.ts'
import { useTempFolder } from './support/temp-folder.ts'

const HEADER = '"Login","Email","First Name","Last Name"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer"\r\n'
const USERS: RawEntry = { name: 'users.csv', content: Buffer.from(HEADER + ANN) }
const MEBIBYTE = 1024 * 1024

const temp = useTempFolder()

const lint = (...words: readonly string[]): Promise<CliResult> => runCli(['lint', ...words], { folder: temp.path })

/** Lints a folder with a sound file and an archive beside it. @returns The exit code, the words about the archive, and which files were linted. */
async function lintBeside(archive: Buffer): Promise<readonly [exit: number, told: string, linted: readonly string[]]> {
  temp.write('in/users.csv', HEADER + ANN)
  temp.write('in/x.zip', archive)
  const result = await lint('in', '--json')
  const { files } = jsonOf(result) as { files: { path: string }[] }
  return [result.exit, result.err.join('\n'), files.map(({ path }) => path)]
}

/** Bytes that this process has read from files since it started, wherever they came from. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1])
}

const one = (entry: Partial<RawEntry>): RawEntry[] => [{ ...USERS, ...entry }]

describe('an archive that is made to hurt', () => {
  const content = Buffer.from(HEADER + ANN.repeat(2_000))
  const deep = (levels: number): string => `${'a/'.repeat(levels)}users.csv`
  const tables = (count: number): RawEntry[] =>
    Array.from({ length: count }, (_, index) => ({ ...USERS, name: `users_${index}.csv`, stored: true }))

  it.each<[title: string, told: RegExp, archive: () => Buffer]>([
    ['names of thousands of folders', /ZIP_UNSAFE.*reason=name-too-long/, () => buildZip(one({ name: deep(12_000) }))],
    ['70,000 entries', /ZIP_LIMIT.*limit=entries allowed=10000 got=65535/, () => buildZip(tables(70_000), 65_535)],
    ['more entries stated than there are', /ZIP_DAMAGED.*reason=directory/, () => buildZip([USERS], 9_999)],
    ['fewer entries stated than there are', /ZIP_DAMAGED.*reason=directory/, () => buildZip(tables(3), 1)],
    [
      'another name before the content than in the directory',
      /reason=local-header/,
      () => buildZip(one({ localName: 'x' })),
    ],
    [
      'two files made of the same bytes',
      /ZIP_UNSAFE.*reason=overlap/,
      () => buildZip([USERS, { ...USERS, name: 'user2.csv', sameContentAs: 0 }]),
    ],
    [
      'a table that is larger than it says',
      /ZIP_DAMAGED.*reason=size/,
      () => buildZip(one({ content, sizeBytes: 100 })),
    ],
    [
      'a table that is smaller than it says',
      /ZIP_DAMAGED.*reason=size/,
      () => buildZip(one({ content, sizeBytes: content.length + 1 })),
    ],
    ['a table of another checksum', /ZIP_DAMAGED.*reason=crc/, () => buildZip(one({ content, crc: 7 }))],
    [
      'a table that grows by a thousand',
      /ZIP_LIMIT.*limit=ratio/,
      () => buildZip(one({ content: Buffer.alloc(17 * MEBIBYTE, ' ') })),
    ],
    [
      'archives in archives only',
      /ZIP_NO_TABLE.*files=1 archives=1/,
      () => buildZip([{ name: 'b.zip', content: buildZip([{ name: 'c.zip', content: buildZip([USERS]) }]) }]),
    ],
    ['nothing at all', /ZIP_NO_TABLE.*files=0 archives=0/, () => buildZip([])],
  ])('is told and does not stop the others: %s', async (_title, told, archive) => {
    const [exit, words, linted] = await lintBeside(archive())
    expect(words).toMatch(told)
    expect(words).toContain('path=in/x.zip')
    expect([exit, linted]).toEqual([4, ['in/users.csv']])
  })
  it('is read where its folders are many and its names are short enough', async () => {
    const [exit, words, linted] = await lintBeside(buildZip(one({ name: deep(250) })))
    expect([exit, words, linted]).toEqual([1, '', ['in/users.csv', `in/x.zip!${deep(250)}`]])
  })
  it('is linted as far as it is sound where one of its tables is not', async () => {
    const broken = { ...USERS, name: 'users_2.csv', content, sizeBytes: 5_000 }
    const [exit, words, linted] = await lintBeside(buildZip([USERS, broken, { ...USERS, name: 'users_3.csv' }]))
    expect(words).toMatch(/ZIP_DAMAGED.*path=in\/x\.zip reason=size entry="users_2\.csv"/)
    expect([exit, linted]).toEqual([4, ['in/users.csv', 'in/x.zip!users.csv', 'in/x.zip!users_3.csv']])
  })
  it('never has the archives in it opened', async () => {
    const bomb = buildZip([{ name: '../evil.csv', content: Buffer.alloc(20 * MEBIBYTE) }])
    temp.write('users.zip', buildZip([USERS, { name: 'inner.zip', content: bomb }]))
    const result = await lint('users.zip', '--select', 'Z', '--json')
    const { files } = jsonOf(result) as { files: { path: string; findings: { code: string; value: string }[] }[] }
    expect(files.map(({ path, findings }) => [path, findings.map(({ code, value }) => [code, value])])).toEqual([
      ['users.zip!users.csv', [['Z103', 'inner.zip']]],
    ])
  })
  it('is read a few times and not once for each of its hundreds of tables', async () => {
    const archive = buildZip(tables(300))
    temp.write('users.zip', archive)
    const before = bytesRead()
    const { exit, out } = await lint('users.zip', '--select', 'X401', '--format', 'concise')
    expect([exit, out]).toEqual([0, []])
    expect(bytesRead() - before).toBeLessThan(100 * archive.length)
  })
  it('is read in the memory of a few pieces, whatever it grows to', async () => {
    // As dense as is allowed: blanks, and in each line so much noise that it grows by less than 200.
    const noise = (line: number): string =>
      Array.from({ length: 96 }, (_, part) => hash('sha512', `${line} ${part}`, 'hex')).join('')
    const lines = Array.from({ length: 96 }, (_, line) => noise(line) + ' '.repeat(MEBIBYTE - 96 * 128 - 2))
    temp.write('users.zip', buildZip(one({ content: Buffer.from(`${HEADER}${lines.join('\r\n')}\r\n`) })))
    const inputs = await findInputs(['users.zip'], { folder: temp.path, standardInput: Readable.from([]) })
    const before = process.memoryUsage().arrayBuffers
    let most = before
    const onProgress = (): void => void (most = Math.max(most, process.memoryUsage().arrayBuffers))
    const run = { inputs, config: PLAIN_INSTANCE, clock: systemClock, select: ['R'], onProgress }
    const rows: number[] = []
    for await (const outcome of lintRun(run)) rows.push('report' in outcome ? outcome.report.rows : -1)
    expect(rows).toEqual([96])
    // Less than the table has; the collector comes for buffers when there are some 64 MiB of them.
    expect(most - before).toBeLessThan(80 * MEBIBYTE)
  })
})
