import { describe, expect, it } from '@jest/globals'
import { parseSchedule } from './parse-schedule.ts'

describe('parseSchedule', () => {
  it.each([
    [' 0  4\t* * * ', '0 4 * * *'],
    [' @daily ', '@daily'],
  ])('reads `%s` as `%s`', (expression, expected) => {
    expect(parseSchedule(expression, 'UTC').expression).toBe(expected)
  })

  it.each(['0 4 * * *', '*/5 6-20 * * 1-5', '0 0 29 2 *', '0 0 * JAN,jul SUN', '@daily', '@weekdays', '@YEARLY'])(
    'reads `%s`',
    (expression) => {
      expect(parseSchedule(expression, 'Europe/Berlin')).toMatchObject({ expression, timeZone: 'Europe/Berlin' })
    },
  )

  it.each(['0 0 31 2 *', '0 0 30 FEB *', '0 0 31 4,6,9,11 *'])(
    'fault 45: refuses `%s`, which never comes',
    (expression) => {
      expect(() => parseSchedule(expression, 'UTC')).toThrow(
        expect.objectContaining({
          code: 'SCHEDULE_INVALID',
          details: expect.objectContaining({ reason: 'no day within eight years fits' }),
        }),
      )
    },
  )

  it.each([
    ['0 0 4 * * *', 'seconds are not supported'],
    ['0 4 * *', '4 are given'],
    ['@daily 4', '2 are given'],
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['@secondly', 'once a minute'],
    ['@often', 'Unknown alias'],
    ['60 * * * *', 'Field value (60) is out of range'],
    ['0 4 * * mo', 'Unknown alias'],
    ['*/0 * * * *', 'step of zero'],
    ['5-1 * * * *', 'invalid range'],
  ])('refuses `%s`: %s', (expression, reason) => {
    expect(() => parseSchedule(expression, 'UTC')).toThrow(
      expect.objectContaining({
        code: 'SCHEDULE_INVALID',
        details: expect.objectContaining({ expression, reason: expect.stringContaining(reason) }),
      }),
    )
  })

  it('gives the reason in words alone', () => {
    const details = expect.objectContaining({ reason: 'Field value (99) is out of range' })
    expect(() => parseSchedule('0 99 * * *', 'UTC')).toThrow(expect.objectContaining({ details }))
  })

  it.each(['', 'local', '+02:00', 'Mars/Olympus', 'Europe/Berlin '])('refuses the time zone `%s`', (timeZone) => {
    expect(() => parseSchedule('@daily', timeZone)).toThrow(
      expect.objectContaining({ code: 'SCHEDULE_INVALID', details: expect.objectContaining({ timeZone }) }),
    )
  })

  it.each([
    ['0 * * * *', true],
    ['0 */1 * * *', true],
    ['0 0-23 * * 1-5', true],
    ['@hourly', true],
    ['@Minutely', true],
    ['0 */2 * * *', false],
    ['* 0-22 * * *', false],
    ['@daily', false],
  ])('tells of `%s` whether it runs in every hour: %s', (expression, isEveryHour) => {
    expect(parseSchedule(expression, 'UTC').isEveryHour).toBe(isEveryHour)
  })
})
