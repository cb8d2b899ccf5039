import { describe, expect, it } from '@jest/globals'
import { parseSchedule } from './parse-schedule.ts'
import { type FlowSituation, planFlow } from './plan-flow.ts'

const hourly = parseSchedule('0 * * * *', 'UTC')
const minutely = parseSchedule('* * * * *', 'UTC')
const at = (time: string): Date => new Date(`2026-11-20T${time}Z`)

function plan(more: Partial<FlowSituation>): { due: readonly string[]; missed: number; nextAt: string } {
  const { due, missed, nextAt } = planFlow({
    schedule: hourly,
    policy: 'run-once',
    firstSeenAt: at('00:00'),
    now: at('04:00:10'),
    graceSeconds: 60,
    ...more,
  })
  return { due: due.map((one) => one.toISOString().slice(11, 16)), missed, nextAt: nextAt.toISOString().slice(0, 16) }
}

describe.each(['run-once', 'run-all', 'skip'] as const)('planFlow with %s', (policy) => {
  it('runs what has just become due', () => {
    expect(plan({ policy, lastDueAt: at('03:00') })).toEqual({ due: ['04:00'], missed: 0, nextAt: '2026-11-20T05:00' })
  })

  it('runs at the very instant', () => {
    expect(plan({ policy, lastDueAt: at('03:00'), now: at('04:00') }).due).toEqual(['04:00'])
  })

  it('runs nothing twice', () => {
    expect(plan({ policy, lastDueAt: at('04:00') })).toEqual({ due: [], missed: 0, nextAt: '2026-11-20T05:00' })
  })

  it('runs nothing that was due before the flow was known', () => {
    expect(plan({ policy, firstSeenAt: at('04:00:05') })).toEqual({ due: [], missed: 0, nextAt: '2026-11-20T05:00' })
  })

  it('waits when the clock went back until it is where it was', () => {
    expect(plan({ policy, lastDueAt: at('06:00') })).toEqual({ due: [], missed: 0, nextAt: '2026-11-20T07:00' })
  })

  it('does not wait for a run that a plainly wrong clock wrote', () => {
    const lastDueAt = new Date('2027-05-01T00:00:00Z')
    expect(plan({ policy, lastDueAt, firstSeenAt: at('03:30') }).due).toEqual(['04:00'])
    expect(plan({ policy, lastDueAt: new Date('2026-11-21T04:00:10Z'), firstSeenAt: at('03:30') }).due).toEqual([])
  })
})

describe('planFlow after the gateway was down from 01:00 to 04:00:10', () => {
  const lastDueAt = at('01:00')

  it('answers all with one run under run-once', () => {
    expect(plan({ lastDueAt })).toEqual({ due: ['04:00'], missed: 2, nextAt: '2026-11-20T05:00' })
  })

  it('runs each, oldest first, under run-all', () => {
    const due = ['02:00', '03:00', '04:00']
    expect(plan({ lastDueAt, policy: 'run-all' })).toEqual({ due, missed: 0, nextAt: '2026-11-20T05:00' })
  })

  it('leaves out what is older than the grace under skip', () => {
    expect(plan({ lastDueAt, policy: 'skip' })).toEqual({ due: ['04:00'], missed: 2, nextAt: '2026-11-20T05:00' })
    const late = plan({ lastDueAt, policy: 'skip', now: at('04:01') })
    expect(late).toEqual({ due: [], missed: 3, nextAt: '2026-11-20T05:00' })
    expect(plan({ lastDueAt, policy: 'skip', now: at('04:00:59') }).due).toEqual(['04:00'])
  })
})

describe('planFlow after a month of silence', () => {
  const since = { schedule: minutely, lastDueAt: new Date('2026-10-20T00:00:00Z') }

  it('finds the newest run without counting them all', () => {
    expect(plan(since)).toEqual({ due: ['04:00'], missed: 100, nextAt: '2026-11-20T04:01' })
  })

  it('gives a hundred at once under run-all, the oldest, and asks to be planned again', () => {
    const { due, nextAt } = plan({ ...since, policy: 'run-all' })
    expect([due.length, due[0], due.at(-1), nextAt]).toEqual([100, '00:01', '01:40', '2026-10-20T01:41'])
  })

  it('counts a hundred under skip and runs what is within the grace', () => {
    const { due, missed } = plan({ ...since, policy: 'skip', graceSeconds: 150 })
    expect([due, missed]).toEqual([['03:58', '03:59', '04:00'], 100])
  })
})

describe('planFlow over a change of the clock', () => {
  it('runs a daily flow once in the night with two equal hours', () => {
    const schedule = parseSchedule('30 2 * * *', 'Europe/Berlin')
    const first = new Date('2026-10-25T00:30:00Z')
    const situation = { schedule, policy: 'run-all', graceSeconds: 60, firstSeenAt: new Date('2026-10-01') } as const
    const lastDueAt = new Date('2026-10-24T00:30:00Z')
    expect(planFlow({ ...situation, lastDueAt, now: first }).due).toEqual([first])
    const again = planFlow({ ...situation, lastDueAt: first, now: new Date('2026-10-25T01:30:00Z') })
    expect(again).toEqual({ due: [], missed: 0, nextAt: new Date('2026-10-26T01:30:00Z') })
  })
})
