import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { GatewayError } from '../base/index.ts'
import { INBOUND_LIMITS } from './inbound-limits.ts'
import { readDefinition } from './read-definition.ts'

const login = { name: 'Login', type: 'string', releases: 'R21-' }
const good = {
  object: 'users',
  title: 'Users',
  direction: 'import',
  source: 'a test',
  releases: 'R21-',
  filePrefix: 'users',
  keys: [['Login']],
  records: [{ name: 'User', columns: [login] }],
}
const withColumn = (column: object) => ({ ...good, records: [{ name: 'User', columns: [login, column] }] })
const withRecord = (record: object) => ({ ...good, records: [{ ...good.records[0], ...record }] })

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-schema-'))
  file = join(folder, 'users.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

function refusalOf(text: string): GatewayError {
  writeFileSync(file, text)
  try {
    readDefinition(file)
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error('the definition was taken')
}

describe('readDefinition', () => {
  it('reads a good definition and fills in the limits of inbound files', () => {
    writeFileSync(file, JSON.stringify(good))
    expect(readDefinition(file)).toEqual({ ...good, limits: INBOUND_LIMITS })
  })

  it.each([
    ['an unknown key', { ...good, colour: 'red' }, '', /colour/],
    ['a missing key', { ...good, title: undefined }, 'title', /expected string/],
    ['an unknown type', withColumn({ ...login, name: 'Age', type: 'number' }), 'records.0.columns.1.type', /Invalid/],
    [
      'a flag that does not hold',
      withColumn({ ...login, name: 'Age', required: false }),
      'records.0.columns.1.required',
      /left out/,
    ],
    ['a star in a name', withColumn({ ...login, name: 'Age*' }), 'records.0.columns.1.name', /star/],
    ['a folder that is not absolute', { ...good, folder: 'Incoming/Users' }, 'folder', /absolute/],
    ['a span of releases that is none', { ...good, releases: 'since R21' }, 'releases', /span/],
    ['no columns', withRecord({ columns: [] }), 'records.0.columns', /small/],
    [
      'an uncertainty without a key',
      withColumn({ ...login, name: 'Age', uncertain: ['who knows'] }),
      'records.0.columns.1.uncertain.0',
      /name of a key/,
    ],
  ])('refuses %s with the place and the reason', (_, definition, path, reason) => {
    const { code, details } = refusalOf(JSON.stringify(definition))
    expect({ code, file: details['file'], path: details['path'] }).toEqual({ code: 'SCHEMA_INVALID', file, path })
    expect(details['reason']).toMatch(reason)
  })

  it.each([
    ['a key without a column', { ...good, keys: [['Id']] }, 'keys.0', /no column "Id"/],
    ['a row key without a column', { ...good, rowKeys: [['Id']] }, 'rowKeys.0', /no column "Id"/],
    [
      'an unknown release',
      withColumn({ ...login, name: 'Age', releases: 'R21-R36' }),
      'records.0.columns.1.releases',
      /"R36"/,
    ],
    ['two columns of one name', withColumn({ ...login, name: 'LOGIN' }), 'records.0.columns.1', /also a name/],
    [
      'an alias of another column',
      withColumn({ ...login, name: 'User', aliases: ['log_in'] }),
      'records.0.columns.1',
      /"Login"/,
    ],
    [
      'a discriminator without a column',
      withRecord({ discriminator: { column: 'Type' } }),
      'records.0.discriminator.column',
      /"Type"/,
    ],
    [
      'a group without a column',
      withRecord({ requireOneOf: [[['Login'], ['Id']]] }),
      'records.0.requireOneOf.0',
      /"Id"/,
    ],
    [
      'a neighbour without a column',
      withColumn({ ...login, name: 'Age', noGapsWith: 'Id' }),
      'records.0.columns.1.noGapsWith',
      /"Id"/,
    ],
    [
      'a partner without a column',
      withColumn({ ...login, name: 'Age', uniqueWith: ['Id'] }),
      'records.0.columns.1.uniqueWith',
      /"Id"/,
    ],
    [
      'unique beside uniqueWith',
      withColumn({ ...login, name: 'Age', unique: true, uniqueWith: ['Login'] }),
      'records.0.columns.1.unique',
      /opposite/,
    ],
    [
      'a condition on no column',
      withColumn({ ...login, name: 'Age', requiredWhen: { column: 'Id', filled: true } }),
      'records.0.columns.1.requiredWhen',
      /"Id"/,
    ],
    [
      'a condition without a test',
      withColumn({ ...login, name: 'Age', requiredWhen: { column: 'Login' } }),
      'records.0.columns.1.requiredWhen',
      /exactly one way/,
    ],
    [
      'a condition on nothing',
      withColumn({ ...login, name: 'Age', blankWhen: {} }),
      'records.0.columns.1.blankWhen',
      /exactly one thing/,
    ],
    [
      'an uncertainty about nothing',
      withColumn({ ...login, name: 'Age', uncertain: ['format: guessed'] }),
      'records.0.columns.1.uncertain',
      /"format"/,
    ],
  ])('refuses %s, which the shape alone lets pass', (_, definition, path, reason) => {
    const { code, details } = refusalOf(JSON.stringify(definition))
    expect({ code, path: details['path'] }).toEqual({ code: 'SCHEMA_INVALID', path })
    expect(details['reason']).toMatch(reason)
  })

  it('lets a condition name a column that some releases lack', () => {
    const requiredWhen = { column: 'Term Type', equals: 'fixed', onlyIfColumnExists: true }
    writeFileSync(file, JSON.stringify(withColumn({ ...login, name: 'Expires', requiredWhen })))
    expect(readDefinition(file).records[0]?.columns[1]?.requiredWhen).toEqual(requiredWhen)
  })

  it('refuses text that is not JSON and names the file', () => {
    expect(refusalOf('{ "object": ').details).toMatchObject({ file, reason: expect.stringMatching(/JSON/) })
  })

  it('refuses a file that is not there', () => {
    expect(() => readDefinition(join(folder, 'none.json'))).toThrow(/SCHEMA_INVALID.*ENOENT/)
  })
})
