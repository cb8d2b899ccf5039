import type { Expectation, Schedule } from '../schedule/index.ts'

/** What is known of a flow when its alarms are judged. */
export interface WatchedFlow {
  readonly name: string
  readonly direction: 'import' | 'export'
  /** Absent: files go as soon as they are there. */
  readonly schedule?: Schedule
  readonly expectation?: Expectation
  /** How long a file may wait for the gateway. */
  readonly stuckAfterMinutes: number
}
