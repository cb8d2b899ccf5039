/** The offsets of one time zone. Instants are milliseconds since 1970. */
export interface Zone {
  /** Milliseconds to add to UTC to get the local time. */
  offsetAt(instant: number): number
  /** The first instant of the offset that holds at `until`; at `since` another one must hold. */
  changeBetween(since: number, until: number): number
}

const HOUR_MS = 3_600_000

/**
 * The zone of an IANA name. A bare offset has no summer time and is no name.
 *
 * @throws {RangeError} there is no such zone.
 */
export function getZone(name: string): Zone {
  // Matches `+02:00`; lets `Europe/Berlin` and `UTC` pass.
  if (!/^[A-Za-z]/.test(name)) throw new RangeError(`not a time zone: ${name}`)
  const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' })

  function offsetAt(instant: number): number {
    return asMilliseconds(format.format(instant))
  }

  return {
    offsetAt,
    changeBetween(since, until) {
      const offset = offsetAt(until)
      let [before, after] = [since, until]
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2)
        if (offsetAt(middle) === offset) after = middle
        else before = middle
      }
      return after
    },
  }
}

/** Reads the end of `1/31/2026, GMT`, of `…GMT+05:30` and of `…GMT-00:44:30`. */
function asMilliseconds(text: string): number {
  const offset = text.slice(text.lastIndexOf('GMT') + 'GMT'.length)
  let total = 0
  for (const [place, digits] of offset.slice(1).split(':').entries()) total += (Number(digits) * HOUR_MS) / 60 ** place
  return offset.startsWith('-') ? -total : total
}
