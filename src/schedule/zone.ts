/** The offsets of one time zone. Instants are milliseconds since 1970. */
export interface Zone {
  /** Milliseconds to add to UTC to get the local time. */
  offsetAt(instant: number): number
  /** The first instant of the offset that holds at `until`; at `since` another one must hold. */
  changeBetween(since: number, until: number): number
}

/** The zone of an IANA name, or `undefined` when there is none. A bare offset has no summer time and is no name. */
export function findZone(name: string): Zone | undefined {
  // Matches `Europe/Berlin` and `UTC`; lets `+02:00` fall.
  if (!/^[A-Za-z]/.test(name)) return undefined
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }

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
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? []
  const total = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -total : total
}
