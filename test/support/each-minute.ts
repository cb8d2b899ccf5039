const MINUTE_MS = 60_000

/** One minute of a zone, as its clock on the wall shows it. */
export interface Minute {
  readonly instant: number
  readonly local: number
  /** The local minutes that begin for the first time at this instant: one, none in an hour that repeats, or many. */
  readonly begun: readonly number[]
}

/** Every minute of a time, asked of the time zone one by one: slow, and too plain to be wrong. */
export function lookAtEachMinute(timeZone: string, from: number, count: number): readonly Minute[] {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const minutes: Minute[] = []
  let next = 0
  for (let instant = from; minutes.length < count; instant += MINUTE_MS) {
    const local = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
    const begun: number[] = []
    for (next ||= local; next <= local; next += MINUTE_MS) begun.push(next)
    minutes.push({ instant, local, begun })
  }
  return minutes
}
