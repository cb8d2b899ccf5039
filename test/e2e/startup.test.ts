import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { USERS } from '../support/sandbox-gateway.ts'
import { useTempFolder } from '../support/temp-folder.ts'

const folder = useTempFolder()

/** Writes down the address of every module that a process loads. */
const HOOK = `
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(process.env.LOADED, url + '\\n')
    return nextLoad(url, context)
  },
})
`

/** What a command loads: packages by name, rooms of ours as `src/lint`. */
function loadedBy(...words: string[]): ReadonlySet<string> {
  const list = folder.write('loaded', '')
  const hook = folder.write('hook.mjs', HOOK)
  const { status, stderr } = spawnSync(process.execPath, ['--import', hook, resolve('bin/flatgate.cjs'), ...words], {
    cwd: folder.path,
    input: '',
    encoding: 'utf8',
    env: { ...process.env, LOADED: list },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const places = readFileSync(list, 'utf8')
    .split('\n')
    .map((url) => /node_modules\/((?:@[^/]+\/)?[^/]+)|(src\/[^/]+)\//.exec(url))
  return new Set(places.flatMap((place) => place?.[1] ?? place?.[2] ?? []))
}

const HEAVY = ['kysely', 'ssh2', 'ssh2-sftp-client', 'winston', 'cron', '@clack/prompts', 'yaml', 'adm-zip']

describe('a command loads what it needs', () => {
  it('prints the version with nothing loaded', () => {
    expect([...loadedBy('--version')]).toEqual([])
  })

  it('lints without the database, the SFTP client, the log and the scheduler', () => {
    const loaded = loadedBy('lint', folder.write('users.csv', USERS))
    expect([...loaded]).toEqual(expect.arrayContaining(['commander', 'src/lint', 'src/schema']))
    expect(
      [...HEAVY, 'src/ledger', 'src/transfer', 'src/delivery', 'src/schedule'].filter((name) => loaded.has(name)),
    ).toEqual([])
  })

  it('lists schemas without the rules', () => {
    const loaded = loadedBy('schema', 'list')
    expect([...HEAVY, 'src/lint', 'src/csv', 'src/ledger'].filter((name) => loaded.has(name))).toEqual([])
  })

  it('needs no SFTP client and no scheduler to check a configuration', () => {
    folder.write('flatgate.yaml', 'timeZone: UTC\n')
    expect([...loadedBy('config', 'show')]).toEqual(expect.not.arrayContaining(['ssh2', 'kysely', 'winston']))
  })
})
