import { createLinter, type LintedSubject, type LintOptions } from '../../src/lint/index.ts'
import { loadSchema, parseRelease, selectSchema } from '../../src/schema/index.ts'

/** Columns of {@link lintUsers}. */
export const USERS_COLUMNS = '"Login","Email","First Name","Last Name","Status"\r\n'

/** Lints rows of users, each without its line end, as `flatgate lint` does. */
export function lintUsers(
  rows: readonly string[],
  { path = 'users.csv', header = USERS_COLUMNS, ...options }: LintOptions & { path?: string; header?: string } = {},
): LintedSubject {
  const schema = selectSchema(loadSchema('users', 'import'), { release: parseRelease('2026'), customFields: [] })
  const linter = createLinter(
    { schema, fileName: undefined, purpose: 'upload', today: new Date('2026-11-20T00:00:00Z') },
    { hasExcerpts: true, ...options },
  )
  linter.write(Buffer.from(header + rows.map((row) => `${row}\r\n`).join('')))
  return { subject: { path, object: 'users', direction: 'import', release: '2026' }, report: linter.end() }
}

/** A row that is right. */
export const BOB = '"bob","bob@example.com","Bob","Baker","active"'

/** A row whose Status is no value of its list. */
export const ANN = '"ann","ann@example.com","Ännchen","Archer","actve"'

/** A row whose name tries everything that a report must not carry on. */
export const EVE = `"eve","eve@example.com","Eve","Evil","<script>alert('x')</script>%0A::error::&,]]>"`
