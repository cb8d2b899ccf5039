import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, INCOMING, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { usersCsv } from '../../test/support/users-csv.ts'
import type { PartRecord } from '../ledger/index.ts'
import { changePart } from './change-part.ts'
import { stagingOf } from './staging.ts'

let bench: DeliveryBench
let part: PartRecord

beforeEach(async () => {
  bench = await openDeliveryBench()
  bench.drop('hr.csv', usersCsv(1))
  await bench.takeIn(bench.restart())
  part = (await bench.parts())[0] as PartRecord
})

afterEach(() => bench.close())

async function attempt(number: number, isRenamed: boolean): Promise<void> {
  part = await changePart(bench.tools, part, { state: 'placing', attempts: number }, { facts: { attempt: number } })
  if (isRenamed) part = await changePart(bench.tools, part, { state: 'renaming' })
  part = await changePart(bench.tools, part, { state: 'prepared' }, { facts: { error: 'TRANSFER_FAILED' } })
}

describe('the staging names of a part', () => {
  it('are used once each, and the one whose rename was tried is remembered', async () => {
    const path = part.remotePath
    expect(path.startsWith(INCOMING)).toBe(true)
    expect(await stagingOf(bench.ledger, bench.flow, part)).toEqual({
      next: `${path}.part`,
      last: undefined,
      leftOvers: [],
    })
    await attempt(1, true)
    await attempt(2, false)
    expect(await stagingOf(bench.ledger, bench.flow, part)).toEqual({
      next: `${path}.3.part`,
      last: `${path}.part`,
      leftOvers: [`${path}.part`, `${path}.2.part`],
    })
  })

  it('are looked for of every attempt: one that was noted and never began has removed nothing', async () => {
    for (const number of [1, 2, 3]) await attempt(number, false)
    const { leftOvers } = await stagingOf(bench.ledger, bench.flow, part)
    expect(leftOvers).toEqual(['.part', '.2.part', '.3.part'].map((suffix) => part.remotePath + suffix))
  })

  it('tell parts of two remote folders apart in one staging folder', async () => {
    const flow = { ...bench.flow, stagingFolder: '/staging' }
    const twin = { ...part, id: 'twin', remotePath: part.remotePath.replace(INCOMING, '/Incoming/Other') }
    const [one, other] = [await stagingOf(bench.ledger, flow, part), await stagingOf(bench.ledger, flow, twin)]
    expect(one.next).toBe(`/staging/${part.name}.${part.id}.part`)
    expect(other.next).not.toBe(one.next)
  })
})
