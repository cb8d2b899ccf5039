import type { Severity } from '../../base/index.ts'
import { describeReleases } from '../../schema/index.ts'
import { defineHeaderRule, type LintContext } from '../rule.ts'

/** The release that stands for the documentation of today. It lists columns and does not say which were removed. */
const DOCUMENTATION = '2026'

export const columnNotInRelease = defineHeaderRule({
  code: 'H106',
  name: 'column-not-in-release',
  summary: 'A header names a column that the chosen release does not have.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'Coupa CSV format workbooks R21 to R35; Coupa flat-file documentation, April 2026',
    'House: a warning where only the documentation of 2026 lacks the column, because that does not prove its removal',
  ],

  check({ cells }, { schema }, report) {
    for (const { text, index, column } of cells) {
      if (!column || column.isInRelease) continue
      report(
        {
          message: `“${text}” is not a column of release ${schema.release}; it was ${describeReleases(column.releases)}`,
          hint: `Remove the column unless the template of your Coupa has it, or name its release with --release.`,
          severity: severityIn(schema),
        },
        index,
      )
    }
  },
})

function severityIn({ direction, release }: LintContext['schema']): Severity {
  if (direction === 'export') return 'info'
  return release === DOCUMENTATION ? 'warning' : 'error'
}
