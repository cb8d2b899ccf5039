import type { Column, Condition, Key, RecordType, SchemaDefinition } from './definition.ts'
import { normaliseHeader } from './normalise-header.ts'
import { RELEASES } from './releases.ts'

/** A contradiction inside a definition that has the right shape. */
export interface DefinitionFault {
  /** `records.0.columns.3.requiredWhen`, as the shape names places. */
  readonly path: string
  readonly reason: string
}

/** The first contradiction of a definition: a name without a column, two columns of one name, an unknown release. */
export function findDefinitionFault(definition: SchemaDefinition): DefinitionFault | undefined {
  for (const fault of faultsOf(definition)) return fault
  return undefined
}

function* faultsOf(definition: SchemaDefinition): Generator<DefinitionFault> {
  const main = definition.records[0]
  const mainNames = new Set(main?.columns.map(({ name }) => name))
  const keys: [string, readonly Key[]][] = [
    ['keys', definition.keys],
    ['rowKeys', definition.rowKeys ?? []],
  ]
  for (const [list, entries] of keys) {
    for (const [index, key] of entries.entries()) yield* missing(`${list}.${index}`, key, mainNames)
  }
  for (const [by, { column, record }] of Object.entries(definition.attributes ?? {})) {
    const named = record === undefined ? main : definition.records.find(({ name }) => name === record)
    yield* missing(`attributes.${by}`, [column], new Set(named?.columns.map(({ name }) => name)))
  }
  const releases = [['releases', definition.releases] as const]
  for (const [path, text] of releases) yield* unknownReleases(path, text)
  for (const [index, record] of definition.records.entries()) yield* recordFaults(`records.${index}`, record)
}

function* recordFaults(path: string, record: RecordType): Generator<DefinitionFault> {
  const names = new Set(record.columns.map(({ name }) => name))
  if (record.discriminator !== undefined) {
    yield* missing(`${path}.discriminator.column`, [record.discriminator.column], names)
  }
  for (const [index, group] of (record.requireOneOf ?? []).entries()) {
    yield* missing(`${path}.requireOneOf.${index}`, group.flat(), names)
  }
  if (record.inactiveWhen !== undefined) yield* conditionFaults(`${path}.inactiveWhen`, record.inactiveWhen, names)
  const taken = new Map<string, string>()
  for (const [index, column] of record.columns.entries()) {
    const at = `${path}.columns.${index}`
    yield* sameNames(at, column, taken)
    yield* columnFaults(at, column, names)
  }
}

function* sameNames(path: string, column: Column, taken: Map<string, string>): Generator<DefinitionFault> {
  const spellings = [column.name, ...(column.aliases ?? []), ...(column.formerly ?? [])]
  for (const spelling of spellings) {
    const key = `${normaliseHeader(spelling)} ${column.occurrence ?? 1}`
    const other = taken.get(key)
    if (other !== undefined) yield { path, reason: `"${spelling}" is also a name of the column "${other}"` }
    taken.set(key, column.name)
  }
}

function* columnFaults(path: string, column: Column, names: ReadonlySet<string>): Generator<DefinitionFault> {
  yield* unknownReleases(`${path}.releases`, column.releases)
  const listed = { uniqueWith: column.uniqueWith, sets: column.sets }
  for (const [key, others] of Object.entries(listed)) yield* missing(`${path}.${key}`, others ?? [], names)
  const single = { noGapsWith: column.noGapsWith, requiredUnless: column.requiredUnless }
  for (const [key, other] of Object.entries(single)) {
    if (other !== undefined) yield* missing(`${path}.${key}`, [other], names)
  }
  const conditions = { requiredWhen: column.requiredWhen, blankWhen: column.blankWhen, ignoredWhen: column.ignoredWhen }
  for (const [key, condition] of Object.entries(conditions)) {
    if (condition !== undefined) yield* conditionFaults(`${path}.${key}`, condition, names)
  }
  for (const text of column.uncertain ?? []) {
    const key = text.slice(0, text.indexOf(':'))
    if (!(key in column) && !OPEN_KEYS.has(key))
      yield { path: `${path}.uncertain`, reason: `there is no "${key}" here` }
  }
  if (column.unique === true && column.uniqueWith !== undefined) {
    yield { path: `${path}.unique`, reason: 'stands beside uniqueWith, which says the opposite' }
  }
}

/** Flags that are left out because they are uncertain. */
const OPEN_KEYS: ReadonlySet<string> = new Set(['required', 'unique'])

function* conditionFaults(path: string, condition: Condition, names: ReadonlySet<string>): Generator<DefinitionFault> {
  const { column, anyFilled, allBlankOrNo, operation, itemSetting } = condition
  const kinds = [column, anyFilled, allBlankOrNo, operation, itemSetting].filter((kind) => kind !== undefined)
  if (kinds.length !== 1) yield { path, reason: 'must name exactly one thing to look at' }
  const tests = [condition.equals, condition.notEquals, condition.in, condition.filled].filter(
    (one) => one !== undefined,
  )
  if (tests.length !== (column === undefined ? 0 : 1)) yield { path, reason: 'must test a column in exactly one way' }
  const looked = [...(column === undefined ? [] : [column]), ...(anyFilled ?? []), ...(allBlankOrNo ?? [])]
  if (condition.onlyIfColumnExists !== true) yield* missing(path, looked, names)
}

function* missing(path: string, wanted: readonly string[], names: ReadonlySet<string>): Generator<DefinitionFault> {
  for (const name of wanted) if (!names.has(name)) yield { path, reason: `there is no column "${name}"` }
}

function* unknownReleases(path: string, text: string): Generator<DefinitionFault> {
  for (const release of text.split(/[,-]/)) {
    if (release !== '' && !RELEASES.some((known) => known === release)) {
      yield { path, reason: `there is no release "${release}"` }
    }
  }
}
