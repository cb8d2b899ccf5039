/** Made once, and only when a large number comes: the first one costs more than linting a short file. */
let thousands: Intl.NumberFormat | undefined

/**
 * A count with its noun: `1 row`, `5,001 rows`.
 *
 * @param many Plural where it is not the singular and an s.
 */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

/** A number as people read it: `5,001`. */
export function numberText(count: number): string {
  if (count < 1_000) return String(count)
  thousands ??= new Intl.NumberFormat('en-US')
  return thousands.format(count)
}
