import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { runCli } from './support/run-cli.ts'
import { useTempFolder } from './support/temp-folder.ts'

const HEADER = '"Login","Email","First Name","Last Name","Department"\r\n'
const ANN = '"ann","ann@example.com","Ann","Archer","Sales"\r\n'
const BOB = '"bob","bob","Bob","Baker","Sales"\r\n'

const temp = useTempFolder()

/** The sample of the page in a language that holds a text. */
function sampleOf(language: string, text: string): string {
  const page = readFileSync('docs/linting.md', 'utf8')
  const samples = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, body = '']) => body,
  )
  const found = samples.find((sample) => sample.includes(text))
  if (found === undefined) throw new Error(`docs/linting.md has no ${language} with ${text}`)
  return found
}

/** Runs git in the folder; nothing of the machine's own configuration counts. */
function git(...words: readonly string[]): { readonly exit: number | null; readonly said: string } {
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: temp.path, GIT_CONFIG_NOSYSTEM: '1' }
  const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com']
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], {
    cwd: temp.path,
    env,
    encoding: 'utf8',
  })
  return { exit: status, said: stdout + stderr }
}

function commit(): { readonly exit: number | null; readonly said: string } {
  git('add', 'inbound', 'other.csv')
  return git('commit', '--message', 'files')
}

describe('the commit hook of the page', () => {
  beforeEach(() => {
    git('init', '--quiet')
    git('config', 'core.hooksPath', '.githooks')
    temp.write('.githooks/pre-commit', sampleOf('sh', 'checkout-index'), 0o755)
    mkdirSync(temp.at('node_modules/.bin'), { recursive: true })
    symlinkSync(resolve('bin/flatgate.cjs'), temp.at('node_modules/.bin/flatgate'))
    temp.write('other.csv', 'a,b\n1,2\n')
  })

  it('lets sound files pass, the first commit and other tables too', () => {
    temp.write('inbound/users/users 1.csv', HEADER + ANN)
    expect(commit().exit).toBe(0)
    temp.write('other.csv', 'a,b\n1,3\n')
    expect(commit().exit).toBe(0)
    expect(git('log', '--oneline').said.trim().split('\n')).toHaveLength(2)
  })

  it('stops a commit with an error and names the place', () => {
    temp.write('inbound/users/users_1.csv', HEADER + BOB)
    const { exit, said } = commit()
    expect([exit, said]).toEqual([1, expect.stringMatching(/^inbound\/users\/users_1\.csv:2:8: error C501 /m)])
  })

  it('looks at what is staged, and not at what lies in the folder', () => {
    temp.write('inbound/users/users_1.csv', HEADER + ANN)
    git('add', 'inbound')
    temp.write('inbound/users/users_1.csv', HEADER + BOB)
    expect(git('commit', '--message', 'staged').exit).toBe(0)
    temp.write('inbound/users/users_1.csv', HEADER + BOB.replace('"bob"', '"rob"'))
    git('add', 'inbound')
    rmSync(temp.at('inbound/users/users_1.csv'))
    expect(git('commit', '--message', 'staged').exit).toBe(1)
  })

  it('obeys the configuration of the folder', () => {
    temp.write('flatgate.yaml', 'lint: { ignore: [C501] }\n')
    temp.write('inbound/users/users_1.csv', HEADER + BOB)
    expect(commit().exit).toBe(0)
  })
})

describe('the definition for the pre-commit framework', () => {
  const { repos } = parse(sampleOf('yaml', 'repos:')) as { repos: { hooks: Record<string, string | boolean>[] }[] }
  const hook = repos[0]?.hooks[0] ?? {}

  it('chooses the files of the drop folder, and hands them over at once', () => {
    const files = new RegExp(String(hook['files']))
    const chosen = ['inbound/users/a.csv', 'inbound/a b.zip', 'other.csv', 'inbound/README.md'].map((path) =>
      files.test(path),
    )
    expect([chosen, hook['require_serial']]).toEqual([[true, true, false, false], true])
  })

  it('calls the command so that it takes the names of the files behind it', async () => {
    temp.write('inbound/users/users 1.csv', HEADER + BOB)
    const [npx, flatgate, ...words] = String(hook['entry']).split(' ')
    const { exit, out } = await runCli([...words, 'inbound/users/users 1.csv'], { folder: temp.path })
    expect([npx, flatgate, exit]).toEqual(['npx', 'flatgate', 1])
    expect(out).toEqual([expect.stringMatching(/^inbound\/users\/users 1\.csv:2:8: error C501 /)])
  })
})
