import { quoted } from '../cells/quoted.ts'
import { isKeyFilled, type KeyColumns, placeKey, recordOfKeys } from '../keys/key-columns.ts'
import { defineKeyRule } from '../rule.ts'

export const noKeyFilled = defineKeyRule({
  code: 'K103',
  name: 'no-key-filled',
  summary: 'A row fills none of the keys by which Coupa finds the record, so it can only make a new one.',
  severity: 'info',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: keys of each object',
    'House: only mentioned, because a file of new records is right without a key',
  ],

  start(header, { schema }) {
    const { keys, isCreateOnly } = schema.definition
    if (keys.length === 0 || isCreateOnly || header.record !== recordOfKeys(schema)) return undefined
    const columns = header.record.columns
    const isRequired = (name: string): boolean => columns.find((column) => column.name === name)?.required ?? false
    // Where a key is made of required columns, an empty one is C101.
    if (keys.some((key) => key.every(isRequired))) return undefined
    // Where one of several columns is required and a key is among them, X104 speaks.
    const choices = new Set(header.record.requireOneOf?.flat(2))
    if (keys.flat().some((name) => choices.has(name))) return undefined
    const placed = keys.flatMap((key) => placeKey(key, header) ?? [])
    const choice = keys.map((key) => key.map((name) => quoted(name)).join(' with ')).join(', or ')
    const hint = `To change a record that Coupa has, fill ${choice}. For new records this is no fault.`
    let isTold = false
    return {
      row(row, report) {
        if (placed.length === 0) {
          if (!isTold) report({ message: 'the file has no column by which Coupa finds a record', hint })
          isTold = true
          return
        }
        for (let number = 0; number < placed.length; number += 1) {
          if (isKeyFilled(placed[number] as KeyColumns, row)) return
        }
        report(
          { message: 'no key is filled in this row', hint },
          placed[0]?.indexes.find((index) => index !== -1),
        )
      },
    }
  },
})
