import type { LintContext, Remark } from '../rule.ts'

/** Says once that the memory for keys is used up, and the scratch, where there is one. */
export function memoryRemark(what: string, row: number, { keyMemory }: LintContext): Remark {
  const reason = 'the file has more rows than the memory for them holds'
  return {
    message: `from row ${row} on, ${what} are not looked for: ${reason}${keyMemory?.scratch ? ', and the scratch file cannot grow or be read' : ''}`,
    hint: keyMemory?.scratch
      ? 'Make room in the scratch folder, or name another (`lint.scratchFolder`), and lint again.'
      : 'Split the file, or check the rest of it by itself.',
    severity: 'info',
  }
}
