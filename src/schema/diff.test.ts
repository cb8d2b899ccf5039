import { describe, expect, it } from '@jest/globals'
import type { Column, SchemaDefinition } from './definition.ts'
import { diffReleases } from './diff.ts'
import { loadSchema } from './load-schema.ts'

const define = (columns: readonly Column[], releases = 'R21-'): SchemaDefinition => ({
  ...loadSchema('departments', 'import'),
  releases,
  keys: [],
  records: [{ name: 'Row', columns }],
})

const columns: readonly Column[] = [
  { name: 'Stays', type: 'string', releases: 'R21-' },
  { name: 'New', type: 'reference', required: true, references: { object: 'departments' }, releases: '2026-' },
  { name: 'Gone', type: 'string', releases: 'R21-R35' },
  { name: 'Between', type: 'string', releases: 'R24-R31' },
  { name: 'Stricter', type: 'string', required: true, requiredBefore: false, releases: 'R21-' },
  { name: 'Looser', type: 'string', requiredBefore: true, releases: 'R21-' },
]

const tell = (from: 'R34' | '2026' | 'R22', to: 'R34' | '2026' | 'R25') =>
  diffReleases(define(columns), from, to).columns.map(({ column, kind, detail }) => `${kind} ${column}: ${detail}`)

describe('diffReleases', () => {
  it('tells what the later release has, lacks and asks for', () => {
    expect(tell('R34', '2026')).toEqual([
      'added New: on the page of 2026; required, names departments',
      'missing Gone: not on the page of 2026, which need not mean removed',
      'changed Stricter: is required now',
      'changed Looser: is no longer required',
    ])
  })

  it('goes back in time as well', () => {
    expect(tell('2026', 'R34')).toEqual([
      'missing New: not in the workbook of R34, which need not mean removed',
      'added Gone: in the workbook of R34',
      'changed Stricter: is no longer required',
      'changed Looser: is required now',
    ])
  })

  it('compares two workbooks without what came later', () => {
    expect(tell('R22', 'R25')).toEqual(['added Between: in the workbook of R25'])
  })

  it.each([
    ['2026-', 'added'],
    ['R21-R34', 'missing'],
    ['R21-R23', 'neither'],
  ])('tells an object of %s as %s, without its columns', (releases, presence) => {
    expect(diffReleases(define(columns, releases), 'R34', '2026')).toMatchObject({ presence, columns: [] })
  })

  it('finds the changes of users between R34 and 2026', () => {
    const { columns: users } = diffReleases(loadSchema('users', 'import'), 'R34', '2026')
    expect(users.find(({ column }) => column === 'Navi Chatbot User')?.kind).toBe('added')
    expect(users.find(({ column }) => column === 'Edit Invoice On Quick Entry')?.kind).toBe('missing')
    expect(users.some(({ column }) => column === 'Login')).toBe(false)
  })
})
