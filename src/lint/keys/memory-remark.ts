import type { Remark } from '../rule.ts'

/** Says once that the memory for keys is used up. */
export function memoryRemark(what: string, row: number): Remark {
  return {
    message: `from row ${row} on, ${what} are not looked for: the file has more rows than the memory for them holds`,
    hint: 'Split the file, or check the rest of it by itself.',
    severity: 'info',
  }
}
