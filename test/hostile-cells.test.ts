import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from './support/delivery-bench.ts'
import { usersCsv } from './support/users-csv.ts'

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench({ isInMemory: true })
})

afterEach(() => bench.close())

/** Drops a good file in which a name is replaced by a hostile cell; its state and its reports. */
async function judged(cell: string): Promise<{ state: string | undefined; reports: readonly string[] }> {
  bench.drop('hr.csv', usersCsv(2).replace('"Larsen 1"', `"${cell}"`))
  await bench.takeIn(bench.restart())
  const [file] = await bench.files()
  const folder = file?.state === 'rejected' ? 'rejected' : 'accepted'
  const reports = bench.names(folder).filter((name) => name.includes('.report.'))
  return { state: file?.state, reports: reports.map((name) => bench.text(`${folder}/${name}`)) }
}

describe('a hostile cell', () => {
  it('fault 58: of a million characters is rejected with a report that does not carry it along', async () => {
    const { state, reports } = await judged('x'.repeat(1_000_000))
    expect(state).toBe('rejected')
    expect(reports.join('')).toMatch(/Last Name/)
    expect(reports.join('').length).toBeLessThan(5000)
  })

  it('fault 58: that holds a NUL is rejected, and no report holds one', async () => {
    const { state, reports } = await judged('Lar\0sen')
    expect(state).toBe('rejected')
    expect(reports.join('')).toMatch(/NUL/)
    expect(reports.join('')).not.toContain('\0')
  })

  it('fault 58: that is a formula is sent as it is, and is harmless in a table of findings', async () => {
    const formula = "=cmd|' /C calc'!A0"
    expect((await judged(formula)).state).toBe('prepared')
    bench.drop('bad.csv', usersCsv(2, 5).replace('"active"', `"${formula}"`))
    await bench.takeIn(bench.restart())
    expect(bench.text('rejected/bad.csv.report.csv')).toContain(`"'${formula}"`)
    expect(bench.text('rejected/bad.csv.report.csv')).not.toContain(`,"${formula}"`)
  })

  it.each(['Lar\u200bsen', '\u202eLarsen'])('fault 58: that hides a mark in a name is told of (%j)', async (name) => {
    const { state } = await judged(name)
    const [file] = await bench.files()
    // Whether it is sent is the business of the rule's severity; that it is seen is not.
    expect(state).toMatch(/prepared|rejected/)
    expect((file?.findings?.warning ?? 0) + (file?.findings?.error ?? 0)).toBeGreaterThan(0)
  })
})
