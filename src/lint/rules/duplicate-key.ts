import type { SchemaColumn } from '../../schema/index.ts'
import { quoted } from '../cells/quoted.ts'
import type { KeyColumns } from '../keys/key-columns.ts'
import { doesLastRowWin } from '../keys/last-row-wins.ts'
import { memoryRemark } from '../keys/memory-remark.ts'
import { recordIndexOf } from '../keys/record-index.ts'
import { createRowIdentity } from '../keys/row-identity.ts'
import { defineKeyRule, type Header, type Row } from '../rule.ts'

export const duplicateKey = defineKeyRule({
  code: 'K101',
  name: 'duplicate-key',
  summary: 'Two rows of one file stand for the same record.',
  severity: 'error',
  since: '0.1.0',
  isAboutImports: true,
  sources: [
    'Coupa flat-file documentation, April 2026: keys of each object and their order; suppliers, the later row wins',
    'House: a warning where Coupa says which row wins, or where the columns of the key are not marked as unique',
  ],

  start(header, context) {
    if (!createRowIdentity(header, context)) return undefined
    const records = recordIndexOf(header, context)
    const lastWins = doesLastRowWin(context.schema.object)
    let isFullTold = false
    return {
      row(row, report) {
        const earlier = records.read(row)
        const { key, fullSince } = records
        if (fullSince !== 0 && !isFullTold) {
          isFullTold = true
          report(memoryRemark('repeated keys', fullSince, context))
        }
        // A row that is repeated whole is K105, and does no harm.
        if (earlier === 0 || !key || records.isSameRow) return
        const effect = lastWins ? '; Coupa keeps the later one' : ''
        report(
          {
            message: `row ${earlier} stands for the same record: ${describe(key, row)}${effect}`,
            hint: `Keep one of the rows ${earlier} and ${row.number}.`,
            ...(lastWins || !isProven(key, header) ? { severity: 'warning' } : {}),
          },
          key.indexes.find((index) => index !== -1),
        )
      },
    }
  },
})

function describe({ names, indexes }: KeyColumns, row: Row): string {
  return names
    .flatMap((name, part) => {
      const index = indexes[part] ?? -1
      const text = index === -1 ? '' : row.text(index).trim()
      return text === '' ? [] : [`${name} ${quoted(text)}`]
    })
    .join(', ')
}

/** Whether the documentation calls a column of the key unique, or Coupa itself gives out its values. */
function isProven({ names }: KeyColumns, { record }: Header): boolean {
  const isUnique = (column: SchemaColumn | undefined): boolean =>
    column?.unique === true || column?.uniqueWith !== undefined || column?.isAssignedByCoupa === true
  return names.some((name) => isUnique(record.columns.find((column) => column.name === name)))
}
