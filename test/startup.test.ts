import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

// What a command loads before it can do anything. Editors and commit hooks call the linter once for each file.

let folder: string

/** Tells on stderr, when the process ends, what it has loaded. */
const TELL = `
const { registerHooks } = require('node:module')
const urls = []
registerHooks({ load(url, context, next) { urls.push(url); return next(url, context) } })
process.on('exit', () => process.stderr.write('\\n' + JSON.stringify([...urls, ...process.moduleLoadList]) + '\\n'))
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-startup-'))
  writeFileSync(join(folder, 'tell.cjs'), TELL)
  writeFileSync(
    join(folder, 'users.csv'),
    '"Login","Email","First Name","Last Name"\n"ann","ann@example.com","A","B"\n',
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Packages, built-in modules and rooms of ours that a call loads. */
function loadedBy(...words: readonly string[]): ReadonlySet<string> {
  const launcher = resolve('bin/flatgate.cjs')
  const { status, stderr } = spawnSync(process.execPath, ['-r', join(folder, 'tell.cjs'), launcher, ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const loaded = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as string[]
  return new Set(loaded.map(nameOf))
}

function nameOf(loaded: string): string {
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(loaded)?.[1]
  const inRoom = /\/src\/([^/]+)\//.exec(loaded)?.[1]
  return inPackage ?? (inRoom === undefined ? loaded.replace(/^NativeModule /, 'node:') : `src/${inRoom}`)
}

describe('a check of one file', () => {
  it('loads the rules, and nothing that connects, stores, schedules or is for other files', () => {
    const loaded = loadedBy('lint', 'users.csv')
    expect([...loaded].filter((name) => name.startsWith('src/')).sort()).toEqual([
      'src/app',
      'src/base',
      'src/cli',
      'src/csv',
      'src/lint',
      'src/schema',
    ])
    const packages = new Set(['commander', 'fastest-levenshtein', 'iso-3166'])
    expect([...loaded].filter((name) => !/^(?:src\/|node:|file:|Internal)/.test(name) && !packages.has(name))).toEqual(
      [],
    )
    expect(loaded).not.toContain('node:crypto')
    expect(loaded).not.toContain('node:sqlite')
  })
})

describe('the help', () => {
  it('loads every command, and none of what they work with', () => {
    const loaded = loadedBy('--help')
    for (const room of ['lint', 'ledger', 'transfer', 'delivery', 'sandbox'])
      expect(loaded).not.toContain(`src/${room}`)
    for (const name of ['kysely', 'ssh2', 'yaml', 'zod', 'winston', 'adm-zip']) expect(loaded).not.toContain(name)
    expect(loaded).toContain('commander')
  })
})
