import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type CliResult, jsonOf, runCli } from '../../../test/support/run-cli.ts'
import { useTempFolder } from '../../../test/support/temp-folder.ts'
import { writeZip } from '../../pack/index.ts'

const HEADER = '"Login","Email","First Name","Last Name","Status"\r\n'
const BOB = '"bob","bob@example.com","Bob","Baker","active"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer","actve"\r\n'

const temp = useTempFolder()

function lint(...words: readonly string[]): Promise<CliResult> {
  return runCli(['lint', ...words], { folder: temp.path })
}

/** Findings as `path code row`. */
async function findingsOf(...words: readonly string[]): Promise<string[]> {
  const { files } = jsonOf(await lint(...words, '--json')) as {
    files: { path: string; findings: { code: string; at: { row?: number } }[] }[]
  }
  return files.flatMap(({ path, findings }) => findings.map(({ code, at }) => `${path} ${code} ${at.row}`))
}

describe('flatgate lint', () => {
  it('exits 0 for a clean file and 1 for one with errors', async () => {
    temp.write('users.csv', HEADER + BOB)
    temp.write('users_bad.csv', HEADER + ANN)
    expect(await lint('users.csv', '--ignore', 'F303')).toMatchObject({ exit: 0, err: [] })
    expect((await lint('users_bad.csv')).exit).toBe(1)
    expect((await lint('users_bad.csv', '--exit-zero')).exit).toBe(0)
  })

  it('shows line, carets and what to do', async () => {
    temp.write('users.csv', HEADER + ANN)
    const { out } = await lint('users.csv', '--select', 'C')
    expect(out).toEqual([
      'users.csv  users import, release 2026, 1 row',
      expect.stringContaining('line 2, E2         error   C405'),
      expect.stringMatching(/^ +2 \| "ann",/),
      expect.stringMatching(/^ +\| +\^{5}$/),
      expect.stringContaining('→ Did you mean “active”?'),
      '  1 error, 0 warnings, 0 info',
    ])
  })

  it('shows the line of what only the end of a file tells, in archives too', async () => {
    const rows = ['Login,Approver Login', 'ann,zoe', 'bob,carl', 'zoe,ann', ''].join('\r\n')
    temp.write('users.csv', rows)
    temp.write('users.zip', writeZip([{ name: 'users.csv', content: Buffer.from(rows) }]))
    for (const name of ['users.csv', 'users.zip']) {
      const { out } = await lint(name, '--select', 'X401')
      expect(out.slice(1, 4)).toEqual([
        expect.stringContaining('line 3, B3         info    X401 no users record of this file has the Login “carl”'),
        expect.stringMatching(/^ +3 \| bob,carl$/),
        expect.stringMatching(/^ +\| {5}\^{4}$/),
      ])
    }
  })

  it.each([
    ['concise', /^users\.csv:2:\d+: error C405 /],
    ['json', /^{\n {2}"version": 1,\n {2}"flatgate": "/],
    ['jsonl', /^{"type":"finding","path":"users\.csv","code":"C405"/],
    ['sarif', /"ruleId": "C405"[^]*"markdown": "# C405|"markdown": "# C405[^]*"ruleId": "C405"/],
    ['github', /^::error file=users\.csv,line=2,/],
    ['junit', /^<\?xml [^]*<failure type="C405"/],
    ['html', /^<!doctype html>[^]*value-not-allowed/],
    ['csv', /^\uFEFF"flatgate line",[^]*"2","error","C405 Status: /],
  ])('reports as %s', async (format, form) => {
    temp.write('users.csv', HEADER + ANN)
    const { exit, out, err } = await lint('users.csv', '--select', 'C', '--format', format)
    expect({ exit, err }).toEqual({ exit: 1, err: [] })
    expect(out.join('\n')).toMatch(form)
  })

  it('refuses a form that there is not', async () => {
    temp.write('users.csv', HEADER)
    expect((await lint('users.csv', '--format', 'xml')).exit).toBe(2)
  })

  it('writes a report to a file, the same as to standard output', async () => {
    temp.write('users.csv', HEADER + ANN)
    const { out } = await lint('users.csv', '--format', 'csv')
    expect(await lint('users.csv', '--format', 'csv', '--output', 'new/report.csv')).toMatchObject({ exit: 1, out: [] })
    expect(readFileSync(temp.at('new', 'report.csv'), 'utf8')).toBe(`${out.join('\n')}\n`)
  })

  it('lists as many findings as asked for, with whole counts', async () => {
    temp.write('users.csv', HEADER + [1, 2, 3].map((each) => ANN.replaceAll('ann', `ann${each}`)).join(''))
    const result = await lint('users.csv', '--select', 'C', '--max-findings', '1', '--json')
    expect(jsonOf(result)).toMatchObject({
      files: [{ counts: { error: 3 }, cut: 2, byRule: { C405: 3 }, findings: [{ code: 'C405', at: { row: 1 } }] }],
    })
  })

  it('counts by rule, beside a report for machines', async () => {
    temp.write('users.csv', HEADER + ANN)
    expect((await lint('users.csv', '--select', 'C', '--statistics')).out.at(-1)).toBe('1  C405  value-not-allowed')
    const { out, err } = await lint('users.csv', '--select', 'C', '--statistics', '--format', 'json')
    expect(err).toEqual(['1  C405  value-not-allowed'])
    expect(() => jsonOf({ exit: 0, out, err })).not.toThrow()
  })
})

describe('what flatgate lint reads', () => {
  it('is standard input, under a name', async () => {
    const surroundings = { folder: temp.path, input: HEADER + ANN }
    const { exit, out } = await runCli(
      ['lint', '-', '--stdin-filename', 'users.csv', '--format', 'concise'],
      surroundings,
    )
    expect([exit, out[0]]).toEqual([1, expect.stringMatching(/^users\.csv:2:\d+: error C405/)])
  })

  it('is a folder with all below it, archives too', async () => {
    temp.write('in/a/users.csv', HEADER + ANN)
    temp.write('in/.hidden/users.csv', HEADER + ANN)
    temp.write('in/readme.txt', 'x')
    const zip = writeZip([{ name: 'deep/users.csv', content: Buffer.from(HEADER + BOB + ANN) }])
    temp.write('in/b.zip', zip)
    expect(await findingsOf('in', '--select', 'C')).toEqual(['in/a/users.csv C405 1', 'in/b.zip!deep/users.csv C405 2'])
  })

  it('is told where a folder has nothing to check', async () => {
    temp.write('in/readme.txt', 'x')
    const { exit, out, err } = await lint('in', '--format', 'concise')
    expect({ exit, out }).toEqual({ exit: 0, out: [] })
    expect(err).toEqual(['info: in: no CSV file and no ZIP file there; nothing was checked'])
  })

  it('of an archive is judged with the files beside it', async () => {
    const items =
      '"Name","Description","Active","Image Filename"\r\n"Bolt","A bolt","Yes","Bolt.png"\r\n"Nut","A nut","Yes","nut.png"\r\n'
    const names = ['bolt.png', 'other.png', '__MACOSX/._bolt.png']
    const content = Buffer.from('x')
    const entries = [{ name: 'items.csv', content: Buffer.from(items) }, ...names.map((name) => ({ name, content }))]
    temp.write('items_1.zip', writeZip(entries))
    expect(await findingsOf('items_1.zip', '--select', 'Z')).toEqual([
      'items_1.zip!items.csv Z103 undefined',
      'items_1.zip!items.csv Z106 undefined',
      'items_1.zip!items.csv Z102 1',
      'items_1.zip!items.csv Z101 2',
    ])
  })

  it('is a pattern, and a file once however often it is named', async () => {
    temp.write('users_1.csv', HEADER + ANN)
    temp.write('users_2.csv', HEADER + ANN)
    temp.write('users_3.txt', HEADER + ANN)
    expect(await findingsOf('users_*.csv', 'users_2.csv', '--select', 'C')).toEqual([
      'users_1.csv C405 1',
      'users_2.csv C405 1',
    ])
  })

  it('is UTF-16 or separated otherwise and still known by its header', async () => {
    temp.write('export.csv', Buffer.from(`\uFEFF${HEADER}${BOB}`.replaceAll(',', '\t'), 'utf16le'))
    temp.write('other.csv', `sep=;\r\n${(HEADER + BOB).replaceAll(',', ';')}`)
    const { files } = jsonOf(await lint('export.csv', 'other.csv', '--json')) as { files: { object: string }[] }
    expect(files.map(({ object }) => object)).toEqual(['users', 'users'])
  })

  it('comes in the order in which Coupa can load it', async () => {
    temp.write('users.csv', HEADER + BOB)
    temp.write('departments.csv', '"Name","Active"\r\n"IT","Yes"\r\n')
    const { files } = jsonOf(await lint('users.csv', 'departments.csv', '--json')) as { files: { object: string }[] }
    expect(files.map(({ object }) => object)).toEqual(['departments', 'users'])
  })

  it('names what cannot be read and goes on, where it was found and not named', async () => {
    temp.write('in/odd.csv', 'a,b\r\n1,2\r\n')
    temp.write('in/broken.zip', 'no archive')
    temp.write('in/users.csv', HEADER + ANN)
    const { exit, out, err } = await lint('in', '--format', 'concise', '--select', 'C')
    expect(exit).toBe(4)
    expect(out.join()).toContain('in/users.csv:2:')
    expect(err.join('\n')).toMatch(/broken\.zip[^]*odd\.csv/)
    expect((await lint('in/odd.csv')).exit).toBe(2)
  })

  it.each([
    [['missing.csv'], /there is no such file/],
    [['*.nothing'], /nothing fits the pattern/],
    [['-', '-'], /standard input can be read once only/],
    [['a.csv', 'b.csv', '--format', 'csv'], /rows of one file/],
    [['a.csv', '--diff', '--in-place'], /--diff writes nothing/],
    [['a.csv', 'b.csv', '--fix', '--output', 'c.csv'], /--output names one file/],
    [['a.csv', '--watch'], /--watch takes one folder/],
    [['a.csv', '--select', 'C999'], /C999/],
    [['a.csv', '--select', ''], /--select names no rule/],
    [['a.csv', '--output', '.'], /--output names a folder/],
    [['a.csv', '--fix', '--output', '.'], /--output names a folder/],
  ])('is refused as %j', async (words, reason) => {
    temp.write('a.csv', HEADER)
    temp.write('b.csv', HEADER)
    const { exit, err } = await lint(...words)
    expect(exit).toBe(2)
    expect(err.join('\n')).toMatch(reason)
  })
})

describe('rules of flatgate lint', () => {
  it('are chosen and weighed by the configuration, per object', async () => {
    temp.write('users.csv', `${HEADER}${ANN}${BOB.replace('@', ' ')}`)
    temp.write(
      'flatgate.yaml',
      'lint:\n  select: [C]\n  objects:\n    users: { severities: { C405: warning }, ignore: [C501] }\n',
    )
    const { exit, out } = await lint('users.csv', '--format', 'concise')
    expect([exit, out]).toEqual([0, [expect.stringContaining(': warning C405 ')]])
    expect((await lint('users.csv', '--select', 'C501', '--format', 'concise')).out).toEqual([])
  })

  it('that are ignored for nothing are told', async () => {
    temp.write('users.csv', HEADER + ANN)
    temp.write(
      'flatgate.yaml',
      'lint:\n  ignore: [C405, K]\n  objects: { users: { ignore: [C6] }, items: { ignore: [C] } }\n',
    )
    const { err } = await lint('users.csv')
    expect(err).toEqual([
      'info: lint.ignore: K left nothing out; take it out of the configuration',
      'info: lint.objects.users.ignore: C6 left nothing out; take it out of the configuration',
    ])
  })

  it.each([
    ['lint: { ignore: [C999] }', /lint\.ignore.*no rule is called C999/],
    ['lint: { severities: { C4x: error } }', /lint\.severities/],
    ['lint: { severities: { C405: fatal } }', /lint\.severities\.C405/],
    ['lint: { objects: { user: {} } }', /lint\.objects\.user.*no such object/],
    ['lint: { ignores: [] }', /did you mean ignore/],
  ])('are refused as %s', async (yaml, reason) => {
    temp.write('users.csv', HEADER)
    temp.write('flatgate.yaml', `${yaml}\n`)
    const { exit, err } = await lint('users.csv')
    expect(exit).toBe(2)
    expect(err.join('\n')).toMatch(reason)
  })
})

describe('a baseline', () => {
  it('is written, accepts what it holds and tells what no longer occurs', async () => {
    temp.write('users.csv', HEADER + ANN + BOB)
    const written = await lint('users.csv', '--select', 'C', '--write-baseline', '--baseline', 'known.json')
    expect(written).toMatchObject({ exit: 0, err: ['known.json: 1 finding accepted'] })

    temp.write('users.csv', HEADER + BOB + ANN + ANN.replaceAll('ann', 'cid'))
    const { exit, out } = await lint('users.csv', '--select', 'C', '--baseline', 'known.json', '--format', 'concise')
    expect([exit, out]).toEqual([1, [expect.stringMatching(/^users\.csv:4:/)]])

    temp.write('users.csv', HEADER + BOB)
    temp.write('flatgate.yaml', 'lint: { baseline: known.json }\n')
    const left = await lint('users.csv', '--select', 'C')
    expect(left).toMatchObject({ exit: 0 })
    expect(left.err).toEqual([
      'info: known.json: users C405 Login=ann Status no longer occurs',
      'info: known.json: 1 accepted finding did not occur; --write-baseline takes them out',
    ])
    expect((await lint('users.csv', '--select', 'K')).err).toEqual([])
  })

  it('must be there when it is named', async () => {
    temp.write('users.csv', HEADER)
    expect((await lint('users.csv', '--baseline', 'none.json')).exit).toBe(2)
  })
})
