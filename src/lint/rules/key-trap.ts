import type { KeyRule } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import { createChangedKeys, type FixedKey } from '../memory/changed-keys.ts'
import { recordOfKeys } from '../keys/key-columns.ts'
import { defineKeyRule, type Header } from '../rule.ts'

export const keyTrap = defineKeyRule({
  code: 'K104',
  name: 'key-trap',
  summary: 'The file fills a key that Coupa does not change when it finds the record by the other key of the row.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: what each key may update (users, suppliers, lookups, addresses)',
    'House: told of every row, as a warning, where the key that was taken is remembered',
  ],

  start(header, context) {
    const { schema } = context
    const { keyRules = [], keys } = schema.definition
    if (header.record !== recordOfKeys(schema)) return undefined
    const traps = keyRules.flatMap((rule) => trapsOf(rule, keys.flat(), header))
    const free = keyRules.filter(({ canUpdate }) => canUpdate === '*').flatMap(({ key }) => key)
    const freeIndexes = free.map((name) => header.indexOf(name)).filter((index) => index !== -1)
    if (traps.length === 0) return undefined
    const changes = createChangedKeys(header, context, traps)
    let isTold = false
    return {
      row(row, report) {
        if (isTold || freeIndexes.some((index) => !row.view.isEmpty(index))) return
        if (changes.isKnown) {
          changes.read(row, report)
          return
        }
        const isFilled = (index: number): boolean => !row.view.isEmpty(index)
        const trap = traps.find(({ indexes, fixedIndex }) => indexes.every(isFilled) && isFilled(fixedIndex))
        if (!trap) return
        isTold = true
        const through = trap.through.map((name) => quoted(name)).join(' with ')
        const way =
          free.length === 0 ? '' : ` Fill ${free.map((name) => quoted(name)).join(' or ')} where it is meant to change.`
        report(
          {
            message: `${quoted(trap.fixed)} cannot be changed in a record that Coupa finds by ${through}`,
            hint: `That is no fault while ${quoted(trap.fixed)} is the one that Coupa has.${way}`,
          },
          trap.fixedIndex,
        )
      },
    }
  },
})

function trapsOf(
  { key, cannotUpdate = [] }: KeyRule,
  keyColumns: readonly string[],
  header: Header,
): readonly FixedKey[] {
  const indexes = key.map((name) => header.indexOf(name))
  if (indexes.includes(-1)) return []
  return cannotUpdate.flatMap((fixed) => {
    const column = header.record.columns.find(({ name }) => name === fixed)
    const fixedIndex = header.indexOf(fixed)
    // A number that Coupa gives out is not for the file to change anyway, and a row with it is found by it.
    if (fixedIndex === -1 || column?.isAssignedByCoupa || !keyColumns.includes(fixed)) return []
    return [{ through: key, fixed, indexes, fixedIndex }]
  })
}
