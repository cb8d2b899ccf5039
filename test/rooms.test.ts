import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { describe, expect, it } from '@jest/globals'

/** Rooms of src/, lowest first. A room may import the rooms it names, and may only name rooms above its own line. */
const ROOMS: readonly (readonly [room: string, ...mayImport: string[]])[] = [
  ['base'],
  ['schema', 'base'],
  ['transfer', 'base'],
  ['ledger', 'base'],
  ['schedule', 'base'],
  ['csv', 'base', 'schema'],
  ['pack', 'base'],
  ['lint', 'base', 'schema', 'csv'],
  ['prepare', 'base', 'schema', 'csv'],
  ['delivery', 'base', 'schema', 'csv', 'pack', 'lint', 'prepare', 'transfer', 'ledger'],
  ['collection', 'base', 'schema', 'csv', 'pack', 'lint', 'transfer', 'ledger'],
  ['watch', 'base', 'ledger', 'schedule'],
  ['sandbox', 'base', 'schema', 'csv'],
  [
    'app',
    'base',
    'schema',
    'csv',
    'pack',
    'lint',
    'prepare',
    'transfer',
    'ledger',
    'schedule',
    'delivery',
    'collection',
    'watch',
  ],
  ['library', 'base', 'schema', 'csv', 'lint', 'app'],
  ['cli', 'base', 'schema', 'csv', 'pack', 'lint', 'ledger', 'schedule', 'watch', 'app', 'sandbox'],
]

/** Faces of the package beside the rooms: what a library user imports. */
const FACES = new Set(['index.ts'])

const allowed = new Map(ROOMS.map(([room, ...mayImport]) => [room, new Set(mayImport)]))
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
}

function faultsOf(file: string): string[] {
  if (FACES.has(file)) return []
  const [room = ''] = file.split(sep)
  if (!allowed.has(room)) return [`src/${room} is not a listed room`]
  return importsOf(join('src', file)).flatMap((specifier) => {
    const target = relative('src', normalize(join(dirname(join('src', file)), specifier)))
    const [other = ''] = target.split(sep)
    if (other === room) return []
    // Tests may lean on the suites and servers of test/.
    if (other === '..') return file.endsWith('.test.ts') ? [] : [`${file} leaves src/`]
    if (!allowed.get(room)?.has(other)) return [`${file}: ${room} may not import ${other}`]
    return target === join(other, 'index.ts') ? [] : [`${file}: ${other} is entered by its index, not by ${target}`]
  })
}

describe('rooms of src/', () => {
  it('are listed so that no cycle can be written', () => {
    ROOMS.forEach(([, ...mayImport], index) => {
      const above = new Set(ROOMS.slice(0, index).map(([name]) => name))
      expect(mayImport.filter((name) => !above.has(name))).toEqual([])
    })
  })

  it('are all that src/ holds', () => {
    const found = new Set(files.map((file) => file.split(sep)[0] ?? ''))
    expect([...found].filter((name) => !allowed.has(name) && !FACES.has(name))).toEqual([])
  })

  for (const [room] of ROOMS) {
    it(`import no more than ${room} may`, () => {
      expect(files.filter((file) => file.startsWith(`${room}${sep}`)).flatMap(faultsOf)).toEqual([])
    })
  }

  it('touch the process itself only at its edge: arguments, environment, exit', () => {
    const readers = (pattern: RegExp): string[] =>
      files.filter((file) => !file.endsWith('.test.ts') && pattern.test(readFileSync(join('src', file), 'utf8')))
    expect(readers(/process\.(?:argv|exit\(|env)/)).toEqual(['cli/main.ts'])
  })
})
