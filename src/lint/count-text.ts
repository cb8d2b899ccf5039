import { numberText } from '../base/index.ts'

/**
 * A count with its noun: `1 row`, `5,001 rows`.
 *
 * @param many Plural where it is not the singular and an s.
 */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}
