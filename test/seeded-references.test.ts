import { describe, expect, it } from '@jest/globals'
import { type Column, listSchemas, loadSchema, type RecordType, type SchemaDefinition } from '../src/schema/index.ts'
import { unknownReference } from '../src/lint/rules/unknown-reference.ts'
import { createRandom, type Random } from './seeded/random.ts'
import { lintTables } from './support/lint-tables.ts'

/** A column that names records of another object, and the column that holds those names. */
interface Tie {
  readonly from: SchemaDefinition
  readonly record: RecordType
  readonly column: Column
  readonly to: SchemaDefinition
  readonly toRecord: RecordType
  readonly attribute: string
}

const imports = listSchemas()
  .filter(({ direction }) => direction === 'import')
  .map(({ object }) => loadSchema(object, 'import'))

function tiesOf(from: SchemaDefinition): readonly Tie[] {
  return from.records.flatMap((record) =>
    record.columns.flatMap((column) => {
      const { object, by = '' } = column.references ?? {}
      const to = imports.find((definition) => definition.object === object)
      const attribute = to?.attributes?.[by]
      const toRecord = to?.records.find(({ name }) => name === (attribute?.record ?? to.records[0]?.name))
      const isPlain = column.releases.endsWith('-') && column.occurrence === undefined && to !== from
      return isPlain && to && attribute && toRecord
        ? [{ from, record, column, to, toRecord, attribute: attribute.column }]
        : []
    }),
  )
}

/** A header of all columns of a record type, so that no other one fits better. */
function headerOf({ columns }: RecordType): readonly string[] {
  return columns.filter(({ occurrence }) => occurrence === undefined).map(({ name }) => name)
}

function rowOf({ discriminator, name }: RecordType, header: readonly string[], column: string, cell: string): string[] {
  return header.map((heading) => {
    if (heading === column) return cell
    return heading === discriminator?.column ? (discriminator.value ?? name) : ''
  })
}

/** Names that no other is near to: forty letters, cut to what the column holds. */
function nameOf(random: Random, { length = 40, itemMaxLength = 40, list }: Column): string {
  const letters = Array.from({ length: Math.min(length, itemMaxLength, list?.itemMaxLength ?? 40, 40) }, () =>
    String.fromCharCode(97 + random.below(26)),
  )
  return letters.join('')
}

const ties = imports.flatMap(tiesOf)

describe('every reference of the schemas', () => {
  it('is tried: more than a hundred', () => {
    expect(ties.length).toBeGreaterThan(100)
  })
  it.each(ties.map((tie) => [`${tie.from.object} ${tie.record.name}: ${tie.column.name}`, tie] as const))(
    '%s finds exactly the names that the other file does not have',
    (label, { record, column, from, to, toRecord, attribute }) => {
      const random = createRandom(label.length * 7_919 + label.charCodeAt(label.length - 1))
      const known = Array.from({ length: 30 }, () => nameOf(random, column))
      const [header, toHeader] = [headerOf(record), headerOf(toRecord)]
      const wanted: string[] = []
      const rows = Array.from({ length: 40 }, (_, index) => {
        const isPlanted = random.chance(0.2)
        const name = isPlanted ? nameOf(random, column) : random.pick(known)
        if (isPlanted) wanted.push(`X401 row ${index + 1} field ${header.indexOf(column.name) + 1} ${name}`)
        return rowOf(record, header, column.name, random.chance(0.5) ? name : name.toUpperCase())
      })
      const findings = lintTables(unknownReference, [
        { object: to.object, table: [toHeader, ...known.map((name) => rowOf(toRecord, toHeader, attribute, name))] },
        { object: from.object, table: [header, ...rows] },
      ])
      const found = findings.map(
        ({ code, at, value }) => `${code} row ${at.row} field ${at.field} ${value?.toLowerCase()}`,
      )
      expect(found).toEqual(wanted)
      expect(wanted.length).toBeGreaterThan(0)
    },
  )
})
