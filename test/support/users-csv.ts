const COLUMNS = ['Login', 'Status', 'Purchasing User', 'Expense User', 'Email', 'First Name', 'Last Name']

/** A users file in Coupa's dialect without findings. @param first Number in the login of the first row. */
export function usersCsv(rows: number, first = 1): string {
  const lines = Array.from({ length: rows }, (_row, index) => {
    const login = `user.${first + index}`
    return [login, 'active', 'Yes', 'No', `${login}@example.com`, 'Ada', `Larsen ${first + index}`]
  })
  return csvOf([COLUMNS, ...lines])
}

/** Records in Coupa's dialect. */
export function csvOf(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')
}

/** The logins of users files, in order. */
export function loginsOf(...texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => /^"([^"]*)"/.exec(line)?.[1] ?? ''),
  )
}
