import { CronTime } from 'cron'
import { GatewayError } from '../base/index.ts'
import { getZone, type Zone } from './zone.ts'

/** When a flow runs: a cron expression in a time zone. Made by {@link parseSchedule}. */
export interface Schedule {
  /** As it was written, with single blanks. */
  readonly expression: string
  /** IANA name. */
  readonly timeZone: string
  readonly zone: Zone
  /** Whether it runs in each hour of the day, so that its runs follow the clock that goes on, not the one on the wall. */
  readonly isEveryHour: boolean
  /**
   * The first local time that fits after the minute of another one. Local times are milliseconds, counted as if the
   * zone were UTC, so that no change of the clock disturbs the calendar.
   */
  readonly nextLocalTime: (localTime: number) => number
}

/** Every month, the 29th of February included, and every weekday on every day of a month come after it within 8 years. */
const PROBE = Date.UTC(2024, 0, 1)

const MINUTE_MS = 60_000

/**
 * Reads a cron expression of five fields (minute, hour, day of month, month, day of week) or a name such as `@daily`.
 * Where both days are restricted, either fits.
 *
 * @throws {GatewayError} `SCHEDULE_INVALID` the details say what is wrong, an expression that can never fire included.
 */
export function parseSchedule(expression: string, timeZone: string): Schedule {
  const refuse = (reason: string, cause?: unknown): GatewayError =>
    new GatewayError('SCHEDULE_INVALID', { expression, timeZone, reason }, { cause })
  const text = expression.trim().replaceAll(/\s+/g, ' ')
  const fault = faultOf(text)
  if (fault !== undefined) throw refuse(fault)

  let zone: Zone
  try {
    zone = getZone(timeZone)
  } catch (cause) {
    throw refuse('the time zone is not a name such as Europe/Berlin', cause)
  }
  let time: CronTime
  try {
    time = new CronTime(text, 'UTC')
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause)
  }
  const nextLocalTime = (localTime: number): number => {
    // From the last second of the minute on, the library has one step to the next minute instead of sixty.
    const from = Math.floor(localTime / MINUTE_MS) * MINUTE_MS + MINUTE_MS - 1000
    try {
      return time.getNextDateFrom(new Date(from), 'UTC').toMillis()
    } catch (cause) {
      throw refuse('no day within eight years fits', cause)
    }
  }
  nextLocalTime(PROBE)
  return { expression: text, timeZone, zone, isEveryHour: EVERY_HOUR.test(text), nextLocalTime }
}

function faultOf(text: string): string | undefined {
  if (text === '') return 'it is empty'
  if (/^@secondly$/i.test(text)) return 'a flow runs once a minute at most'
  const fields = text.split(' ').length
  if (fields === 5 || (fields === 1 && text.startsWith('@'))) return undefined
  if (fields === 6) return 'six fields: seconds are not supported, leave out the first field'
  return `five fields are needed and ${fields} are given`
}

// Matches `*/30 * * * *` and `@hourly`; lets `0 */2 * * *` pass.
const EVERY_HOUR = /^(?:@hourly|@minutely|\S+ (?:\*|\*\/1|0-23) .*)$/i
