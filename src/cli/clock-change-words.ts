import { type ExplainedChange, localMinute, localText, type Zone } from '../schedule/index.ts'

/** When the clocks of a zone change, and what lies on both sides of it, line by line. */
export function changeLines(
  zone: Zone,
  change: ExplainedChange | undefined,
  what: string,
  line: (at: Date) => string,
): readonly string[] {
  if (change === undefined) return ['  the clocks of this zone do not change within a year']
  const { at, before, words, runsBefore, runsAfter } = change
  return [
    `  the clocks go from ${localMinute(at.getTime() + before)} to ${localText(zone, at)}: ${words}`,
    `  ${what} before it`,
    ...runsBefore.map(line),
    `  ${what} from it on`,
    ...runsAfter.map(line),
  ]
}

/** The change itself, for programs. */
export function changeAsJson({ at, before, after, words }: ExplainedChange): object {
  return { at, offsetMinutesBefore: before / 60_000, offsetMinutesAfter: after / 60_000, words }
}
