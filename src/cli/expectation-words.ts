import type { ExplainedExpectation } from '../app/index.ts'
import { deadlineAt, type Deadline, localText } from '../schedule/index.ts'
import { changeAsJson, changeLines } from './clock-change-words.ts'
import { instantText } from './words.ts'

/** By when files are expected, line by line: in local time, in UTC, and from when on what comes counts. */
export function expectationLines({ expectation, next, change }: ExplainedExpectation): readonly string[] {
  const { zone, expression, timeZone } = expectation.by
  const within = expectation.withinMinutes === undefined ? '' : `, within ${expectation.withinMinutes} minutes before`
  const line = ({ by, since }: Deadline): string =>
    `    ${localText(zone, by)}   ${instantText(by)}   what is accepted after ${localText(zone, since)} counts`
  const lines = [`  a file is expected by: ${expression}, ${timeZone}${within}`, ...next.map(line)]
  const around = (by: Date): string => line(deadlineAt(expectation, by))
  return [...lines, ...changeLines(zone, change, 'expected', around)]
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
            ...changeAsJson(change),
            before: change.runsBefore.map((by) => asJson(deadlineAt(expectation, by))),
            after: change.runsAfter.map((by) => asJson(deadlineAt(expectation, by))),
          },
        }),
  }
}
