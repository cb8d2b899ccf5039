import { CronJob, CronTime } from 'cron'
import { type Clock, type Log, systemClock } from '../base/index.ts'
import { nextRunAt } from './next-run.ts'
import type { Schedule } from './parse-schedule.ts'

/** What a waker is made of. */
export interface WakerOptions {
  /** Plans and starts what is due. Never called again before its promise is settled. */
  readonly onWake: () => Promise<void>
  readonly schedules: readonly Schedule[]
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
}

/** Something that calls from time to time. */
export interface Waker {
  /** Ends all calls; resolves when the call at hand is over. */
  stop(): Promise<void>
}

/** House: a run is at most half a minute late when a timer was lost, the clock was moved or the machine slept. */
const HEARTBEAT_MS = 30_000

/**
 * Calls `onWake` at once, whenever a schedule is due, and every 30 seconds besides, so that a timer that stays silent
 * cannot stop the gateway. It is only a knock on the door: what is due is decided by whoever is woken.
 *
 * A call that comes while another is at work is made up for afterwards, once. What `onWake` throws is logged.
 */
export function createWaker({ onWake, schedules, log, clock = systemClock }: WakerOptions): Waker {
  let isWanted = false
  let working: Promise<void> | undefined

  async function workWhileWanted(): Promise<void> {
    while (isWanted) {
      isWanted = false
      try {
        await onWake()
      } catch (error) {
        log.error('planning failed; the next wake-up tries again', { error: String(error) })
      }
    }
    working = undefined
  }

  function wake(): void {
    isWanted = true
    working ??= workWhileWanted()
  }

  const jobs = schedules.map((schedule) => startJob(schedule, clock, wake))
  const heartbeat = setInterval(wake, HEARTBEAT_MS)
  heartbeat.unref()
  wake()

  return {
    async stop() {
      clearInterval(heartbeat)
      for (const job of jobs) await job.stop()
      isWanted = false
      await working
    },
  }
}

function startJob(schedule: Schedule, clock: Pick<Clock, 'now'>, wake: () => void): CronJob {
  const { expression: cronTime, timeZone } = schedule
  const job = CronJob.from({ cronTime, timeZone, onTick: wake, name: `${cronTime} ${timeZone}` })
  job.setTime(new ScheduleTime(schedule, clock))
  job.start()
  return job
}

/**
 * Makes the library wait for the instants of {@link nextRunAt}. It reads the clock twice by itself, and writes to the
 * console when the second reading is past the run that followed the first; from one reading every wait is positive.
 */
class ScheduleTime extends CronTime {
  readonly #schedule: Schedule
  readonly #clock: Pick<Clock, 'now'>

  constructor(schedule: Schedule, clock: Pick<Clock, 'now'>) {
    super(schedule.expression, schedule.timeZone)
    this.#schedule = schedule
    this.#clock = clock
  }

  override getTimeout(): number {
    const now = this.#clock.now()
    return nextRunAt(this.#schedule, now).getTime() - now.getTime()
  }
}
