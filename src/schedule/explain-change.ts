import { findNewestRun } from './newest-run.ts'
import { localMinute } from './local-text.ts'
import type { Schedule } from './parse-schedule.ts'
import { runsBetween } from './runs-between.ts'
import type { Zone } from './zone.ts'

/** One change of the clocks of a zone. */
export interface ClockChange {
  /** First instant of the new offset. */
  readonly at: Date
  /** Milliseconds to add to UTC before it, and from it on. */
  readonly before: number
  readonly after: number
}

/** What a change of the clocks does to a schedule. */
export interface ExplainedChange extends ClockChange {
  /** One sentence for people. */
  readonly words: string
  /** The last runs before the change, and the first from it on. */
  readonly runsBefore: readonly Date[]
  readonly runsAfter: readonly Date[]
}

const DAY_MS = 86_400_000

/** Every zone that changes its clocks does so within a year; one day more for leap years. */
const LOOKED_DAYS = 367

/** The 29th of February comes again within eight years, and so does every weekday on every day of a month. */
const LONGEST_GAP_MS = 8 * 366 * DAY_MS

/** House: what shows the pattern. */
const RUNS_SHOWN = 2

/** House: a schedule of each minute has 60 in an hour. */
const TIMES_NAMED = 3

/** The next change of the clocks after an instant; `undefined` where the zone has none within a year. */
export function nextClockChange(zone: Zone, after: Date): ClockChange | undefined {
  let since = after.getTime()
  for (let day = 0; day < LOOKED_DAYS; day += 1, since += DAY_MS) {
    const [from, to] = [zone.offsetAt(since), zone.offsetAt(since + DAY_MS)]
    if (from !== to) return { at: new Date(zone.changeBetween(since, since + DAY_MS)), before: from, after: to }
  }
  return undefined
}

/** What the instants of a schedule are, in words. */
interface Wording {
  readonly noun: string
  /** Of one instant, and of several. */
  readonly verbs: readonly [one: string, several: string]
}

const WORDINGS = {
  runs: { noun: 'run', verbs: ['runs', 'run'] },
  deadlines: { noun: 'deadline', verbs: ['is due', 'are due'] },
} as const satisfies Readonly<Record<string, Wording>>

/** Says what happens to a schedule around a change of the clocks. @param of What its instants are. */
export function explainChange(
  schedule: Schedule,
  change: ClockChange,
  of: keyof typeof WORDINGS = 'runs',
): ExplainedChange {
  const { at } = change
  const justBefore = new Date(at.getTime() - 1)
  const runsBefore: Date[] = []
  let until = justBefore
  while (runsBefore.length < RUNS_SHOWN) {
    const run = findNewestRun(schedule, new Date(until.getTime() - LONGEST_GAP_MS), until)
    if (run === undefined) break
    runsBefore.unshift(run)
    until = new Date(run.getTime() - 1)
  }
  const runsAfter = runsBetween(schedule, justBefore, new Date(at.getTime() + LONGEST_GAP_MS), RUNS_SHOWN)
  return { ...change, words: wordsFor(schedule, change, WORDINGS[of]), runsBefore, runsAfter }
}

function wordsFor(schedule: Schedule, { at, before, after }: ClockChange, { noun, verbs }: Wording): string {
  const isForward = after > before
  const [from, to] = [at.getTime() + Math.min(before, after), at.getTime() + Math.max(before, after)]
  const times = localTimesBetween(schedule, from, to)
  const span = `${timeOf(from)} to ${timeOf(to)}`
  const day = localMinute(from).slice(0, 10)
  if (times.length === 0) {
    return isForward
      ? `${span} does not exist on ${day}; no ${noun} falls into it`
      : `${span} exists twice on ${day}; no ${noun} falls into it`
  }
  const named = times.slice(0, TIMES_NAMED).map(timeOf).join(', ') + (times.length > TIMES_NAMED ? ', …' : '')
  const isOne = times.length === 1
  const [exist, verb] = isOne ? ['exists', verbs[0]] : ['exist', verbs[1]]
  if (schedule.isEveryHour) {
    const elapsed = `${noun}s of every hour go by elapsed time`
    return isForward
      ? `${named} ${isOne ? 'does' : 'do'} not exist on ${day} and ${isOne ? 'is' : 'are'} left out: ${elapsed}`
      : `${named} ${exist} twice on ${day} and ${verb} twice: ${elapsed}`
  }
  if (!isForward) return `${named} ${exist} twice on ${day}, ${verb} once${isOne ? '' : ' each'}, the first time`
  return isOne
    ? `${named} does not exist on ${day}, ${verb} at ${timeOf(to)}`
    : `${named} do not exist on ${day}, ${verb} once together, at ${timeOf(to)}`
}

/** The local times of a schedule from one on, up to another. */
function localTimesBetween({ nextLocalTime }: Schedule, from: number, to: number): readonly number[] {
  const times: number[] = []
  // The next one is looked for behind the whole minute that is given.
  let last = from - 60_000
  for (;;) {
    last = nextLocalTime(last)
    if (last >= to) return times
    times.push(last)
  }
}

function timeOf(localTime: number): string {
  return localMinute(localTime).slice(11)
}
