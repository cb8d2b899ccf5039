import type { Severity } from '../../base/index.ts'
import { isUncertain, type SchemaColumn } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import { HashSet } from '../keys/hash-set.ts'
import { doesLastRowWin } from '../keys/last-row-wins.ts'
import { budgetOf } from '../keys/memory-budget.ts'
import { memoryRemark } from '../keys/memory-remark.ts'
import { recordIndexOf } from '../keys/record-index.ts'
import { createRowIdentity } from '../keys/row-identity.ts'
import { TextHash } from '../keys/text-hash.ts'
import { defineKeyRule, type Header, type LintContext, type Report, type Row } from '../rule.ts'

export const duplicateUniqueValue = defineKeyRule({
  code: 'K102',
  name: 'duplicate-unique-value',
  summary: 'Two records of one file share a value that only one may have.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: the Unique flag of each column',
    'House: values are compared as they stand, outer blanks aside; whether Coupa ignores case is not documented',
  ],

  start(header, context) {
    const groups = uniqueGroups(header, context)
    if (groups.length === 0) return undefined
    const records = recordIndexOf(header, context)
    const hash = new TextHash()
    let isFullTold = false

    function check({ index, indexes, names, severity, seen }: UniqueGroup, row: Row, report: Report): void {
      if (row.view.isEmpty(index) || !hasPartner(indexes, row)) return
      hash.start()
      for (const part of indexes) hash.add(row.digests, part)
      hash.finish()
      const earlier = seen.add(hash, row.number)
      if (seen.fullSince !== 0 && !isFullTold) {
        isFullTold = true
        report(memoryRemark('repeated values', seen.fullSince, context))
      }
      // The same record twice is K101 or K105.
      if (earlier === 0 || records.isSameRecord(earlier) || row.text(index).trim() === '') return
      const values = indexes.map((part, number) => `${names[number]} ${quoted(row.text(part).trim())}`).join(', ')
      report(
        {
          message: `row ${earlier} has the same ${values}`,
          hint: `Only one record may have it: correct row ${earlier} or row ${row.number}.`,
          ...(severity === 'error' ? {} : { severity }),
        },
        index,
      )
    }

    return {
      row(row, report) {
        records.read(row)
        for (const group of groups) check(group, row, report)
      },
    }
  },
})

interface UniqueGroup {
  /** Where a finding stands. */
  readonly index: number
  /** Of that column and of those that it is unique with. */
  readonly indexes: readonly number[]
  readonly names: readonly string[]
  readonly severity: Severity
  readonly seen: HashSet
}

/** Beside the first column at least one of the others must be filled: a blank partner leaves the scope open. */
function hasPartner(indexes: readonly number[], { view }: Row): boolean {
  if (indexes.length === 1) return true
  for (let part = 1; part < indexes.length; part += 1) {
    if (!view.isEmpty(indexes[part] as number)) return true
  }
  return false
}

function uniqueGroups(header: Header, context: LintContext): readonly UniqueGroup[] {
  const { schema } = context
  const budget = budgetOf(context)
  const keys = schema.definition.rowKeys ?? schema.definition.keys
  const isChild = header.record.discriminator !== undefined && header.record !== schema.records[0]
  const firstKey = createRowIdentity(header, context)?.first.names ?? []
  const groups = new Map<string, UniqueGroup>()
  for (const { index, column } of header.cells) {
    if (!column || header.indexOf(column.name) !== index) continue
    const partners = partnersOf(column)
    if (!partners || (isChild && partners.length === 0)) continue
    const present = partners.filter((name) => header.indexOf(name) !== -1)
    if (partners.length > 0 && present.length === 0) continue
    const names = [column.name, ...present]
    // Two columns that name each other are one group; what the first key says twice is K101.
    const id = [...names].sort().join('\n')
    const isTheKey = firstKey.length === names.length && names.every((name) => firstKey.includes(name))
    if (groups.has(id) || isTheKey) continue
    groups.set(id, {
      index,
      indexes: names.map((name) => header.indexOf(name)),
      names,
      severity: severityOf(column, schema.object, keys),
      seen: new HashSet(budget),
    })
  }
  return [...groups.values()]
}

/** Columns that a column is unique with, none where it is unique by itself; `undefined` where it may repeat. */
function partnersOf({ unique, uniqueWith }: SchemaColumn): readonly string[] | undefined {
  return uniqueWith ?? (unique === true ? [] : undefined)
}

function severityOf(column: SchemaColumn, object: string, keys: readonly (readonly string[])[]): Severity {
  const isSettled = doesLastRowWin(object) && keys.some((key) => key.includes(column.name))
  return isSettled || isUncertain(column, 'unique') || isUncertain(column, 'uniqueWith') ? 'warning' : 'error'
}
