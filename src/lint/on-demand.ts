import type * as fixesUnit from './fixes/index.ts'
import type * as reportsUnit from './reports/index.ts'

// The doors to what few calls need. Each loads its units when it is first called, so that a check of ten rows does not
// wait for repairs and for eight other forms of its report.

/** Every form of a report but the text for people. */
export async function loadReports(): Promise<typeof reportsUnit> {
  return import('./reports/index.ts')
}

/** The repairs. */
export async function loadFixes(): Promise<typeof fixesUnit> {
  return import('./fixes/index.ts')
}
