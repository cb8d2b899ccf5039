import type { Finding } from '../src/base/index.ts'
import { lintBytes } from './rule-page.ts'

/** Columns that every users file needs. */
export const USERS_HEADER = '"Login","Email","First Name","Last Name"'

/** A row below them. */
export const ANN = '"ann","ann@example.com","Ann","Archer"'

/** A users file of lines, each ended with CR LF. */
export function usersFile(...lines: readonly string[]): string {
  return [USERS_HEADER, ...lines].map((line) => `${line}\r\n`).join('')
}

/**
 * What one rule says of a file that all rules look at.
 *
 * @param file Its text, in UTF-8, or its bytes.
 * @param settings Those of a sample of a rule's page: `{ object: 'suppliers', purpose: 'delivery' }`.
 */
export function findingsOf(
  code: string,
  file: string | Uint8Array,
  settings: Readonly<Record<string, string>> = {},
): readonly Finding[] {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return lintBytes(bytes, new Map(Object.entries(settings))).findings.filter((finding) => finding.code === code)
}
