import type { ExplainedExpectation } from '../app/index.ts'
import { deadlineAt, type Deadline, localMinute, localText } from '../schedule/index.ts'
import { instantText } from './words.ts'

/** By when files are expected, line by line: in local time, in UTC, and from when on what comes counts. */
export function expectationLines({ expectation, next, change }: ExplainedExpectation): readonly string[] {
  const { zone, expression, timeZone } = expectation.by
  const within = expectation.withinMinutes === undefined ? '' : `, within ${expectation.withinMinutes} minutes before`
  const line = ({ by, since }: Deadline): string =>
    `    ${localText(zone, by)}   ${instantText(by)}   what is accepted after ${localText(zone, since)} counts`
  const lines = [`  a file is expected by: ${expression}, ${timeZone}${within}`, ...next.map(line)]
  if (change === undefined) return [...lines, '  the clocks of this zone do not change within a year']
  const { at, before, words, runsBefore, runsAfter } = change
  const around = (times: readonly Date[]): string[] => times.map((by) => line(deadlineAt(expectation, by)))
  return [
    ...lines,
    `  the clocks go from ${localMinute(at.getTime() + before)} to ${localText(zone, at)}: ${words}`,
    '  expected before it',
    ...around(runsBefore),
    '  expected from it on',
    ...around(runsAfter),
  ]
}

/** The same for programs. */
export function expectationAsJson({ expectation, next, change }: ExplainedExpectation): object {
  const { zone, expression, timeZone } = expectation.by
  const asJson = ({ by, since }: Deadline): object => ({
    by,
    byLocal: localText(zone, by),
    since,
    sinceLocal: localText(zone, since),
  })
  const { withinMinutes } = expectation
  return {
    expression,
    timeZone,
    withinMinutes,
    next: next.map(asJson),
    ...(change === undefined
      ? {}
      : {
          change: {
            at: change.at,
            offsetMinutesBefore: change.before / 60_000,
            offsetMinutesAfter: change.after / 60_000,
            words: change.words,
            before: change.runsBefore.map((by) => asJson(deadlineAt(expectation, by))),
            after: change.runsAfter.map((by) => asJson(deadlineAt(expectation, by))),
          },
        }),
  }
}
