import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from './support/temp-folder.ts'

const folder = useTempFolder()
const root = resolve(import.meta.dirname, '..')

/** What users of the library may write. */
const KNOWN = [
  "const fields = [{ name: 'Badge', type: 'string' }] as const",
  "for await (const { row, values } of readFlatFile('users.csv', { object: 'users', customFields: fields })) {",
  "  const cell: string | undefined = row > 1 ? values.Login : values['Badge']",
  '}',
  "const row: RecordOf<'users'> = { Login: 'ann', 'First Name': 'Ann' }",
  "writeFlatFile([row], { object: 'users', columns: ['Login'] })",
  "writeFlatFile([{ Login: 'a', Badge: '7' }], { object: 'users', columns: ['Login'], customFields: fields })",
]

/** What the compiler keeps them from: every line is wrong. */
const WRONG = [
  "writeFlatFile([{ Logn: 'ann' }], { object: 'users', columns: ['Login'] })",
  "for await (const { values } of readFlatFile('x.csv', { object: 'users' })) values.Logn",
  "const row: RecordOf<'suppliers'> = { Login: 'ann' }",
  "writeFlatFile([{ Login: 7 }], { object: 'users', columns: ['Login'] })",
]

/** Objects that are known only when the program runs, and exports: every name is possible. */
const OPEN = [
  "const object: string = 'users'.slice(0)",
  "for await (const { values } of readFlatFile('x.csv', { object })) values['whatever']?.trim()",
  "for await (const { values } of readFlatFile('x.csv', { object: 'users', direction: 'export' })) values['any']?.trim()",
  "writeFlatFile([{ whatever: 'x' }], { object, columns: ['Login'] })",
]

/** Compiles examples in one go. @returns Of each the lines that the compiler complains of, from 1. */
function complaints(
  examples: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly number[]>> {
  const head = `import { readFlatFile, writeFlatFile, type RecordOf } from '${root}/src/index.ts'`
  const files = Object.entries(examples).map(([name, lines]) => {
    folder.write(`${name}.mts`, [head, ...lines].join('\n'))
    return `${name}.mts`
  })
  const compilerOptions = {
    typeRoots: [`${root}/node_modules/@types`],
    noUnusedLocals: false,
    rewriteRelativeImportExtensions: false,
  }
  const config = { extends: `${root}/tsconfig.json`, compilerOptions, include: [], files }
  folder.write('tsconfig.json', JSON.stringify(config))
  const tsc = `${root}/node_modules/typescript/bin/tsc`
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder.path, '--pretty', 'false'], { encoding: 'utf8' })
  const found = [...stdout.matchAll(/(\w+)\.mts\((\d+),/g)].map(([, name, line]) => ({ name, line: Number(line) - 1 }))
  return Object.fromEntries(
    Object.keys(examples).map((name) => [name, found.filter((one) => one.name === name).map(({ line }) => line)]),
  )
}

describe('the types of the library', () => {
  it('know the columns of an object and the declared custom fields, refuse others, and leave the rest open', () => {
    expect(complaints({ known: KNOWN, wrong: WRONG, open: OPEN })).toEqual({ known: [], wrong: [1, 2, 3, 4], open: [] })
  })
})
