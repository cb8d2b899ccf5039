import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type DeliveryBench, openDeliveryBench } from '../../test/support/delivery-bench.ts'
import { failingLedger } from '../../test/support/failing-ledger.ts'
import { createFaultPlan } from '../../test/support/fault-plan.ts'
import { csvOf, usersCsv } from '../../test/support/users-csv.ts'
import type { AcceptedListName, RememberedKey } from '../ledger/index.ts'

const LOGINS: AcceptedListName = { target: 'memory://test', object: 'users', columns: 'Login' }
const HEADER = ['Employee Number', 'Login', 'Email', 'First Name', 'Last Name']

let bench: DeliveryBench

beforeEach(async () => {
  bench = await openDeliveryBench()
})

afterEach(() => bench.close())

/** Sends a file and lets the receiver take it. */
async function sendAndTake(name: string, content: string): Promise<void> {
  const delivery = bench.restart()
  bench.drop(name, content)
  await bench.takeIn(delivery)
  await delivery.place()
  bench.receive()
}

function user(number: string, login: string): readonly string[] {
  return [number, login, `${login}@example.com`, 'Ann', 'Archer']
}

function allKeys(): Promise<readonly RememberedKey[]> {
  return bench.ledger.acceptedKeysAfter(LOGINS, '', 100_000)
}

/** What is found in a file that is not sent. */
async function findingsOf(content: string): Promise<readonly string[]> {
  const [file] = await bench.restart().preview(bench.drop('elsewhere/next.csv', content))
  return (file?.report?.findings ?? []).map(({ code, severity, message }) => `${code} ${severity}: ${message}`)
}

describe('rows that were taken', () => {
  it('are remembered by their keys once the receiver has them, in all parts of a file', async () => {
    await sendAndTake('hr.csv', usersCsv(5_003))
    expect(await allKeys()).toEqual([])
    await bench.restart().confirm()
    const keys = await allKeys()
    expect(keys).toHaveLength(5_003)
    expect(new Set(keys.map(({ partId }) => partId)).size).toBe(2)
    expect(await bench.ledger.waitingParts('users')).toEqual([])
  })

  it.each(['refused', 'answer lost'] as const)('are remembered alike wherever a write is %s', async (mode) => {
    await sendAndTake('hr.csv', csvOf([HEADER, user('007', 'ann'), user('008', 'bob')]))
    const spoiled: unknown[] = []
    for (let nth = 1; ; nth += 1) {
      const plan = createFaultPlan(nth, mode, false)
      const pass = bench.restart({ ledger: failingLedger(bench.ledger, plan) }).confirm()
      if ((await pass.catch((error: unknown) => void spoiled.push(error))) && plan.hit() === undefined) break
    }
    expect(spoiled.length).toBeGreaterThan(0)
    for (const error of spoiled) expect(error).toMatchObject({ code: 'LEDGER_BUSY' })
    expect(await allKeys()).toMatchObject([
      { key: 'ann', earlier: { 'Employee Number': '007' } },
      { key: 'bob', earlier: { 'Employee Number': '008' } },
    ])
    expect(await bench.ledger.waitingParts('users')).toEqual([])
  })

  it('are lost with their content, and do not hold up the others', async () => {
    await sendAndTake('hr.csv', usersCsv(1))
    const [part] = await bench.parts()
    rmSync(join(bench.folder, 'state', 'store', part?.sha256.slice(0, 2) ?? '', part?.sha256 ?? ''))
    await sendAndTake('more.csv', usersCsv(1, 7))
    await bench.restart().confirm()
    expect(await allKeys()).toMatchObject([{ key: 'user.7' }])
    expect(await bench.ledger.waitingParts('users')).toEqual([])
  })

  it('tell of the next file what has lost its zeros, has changed its key or is named by nobody', async () => {
    await sendAndTake('hr.csv', csvOf([HEADER, user('007', 'ann'), user('008', 'bob')]))
    await bench.restart().confirm()
    const next = csvOf([
      [...HEADER, 'Approver Login'],
      [...user('7', 'ann'), 'zoe'],
      [...user('99', 'bob'), 'ann'],
    ])
    expect(await findingsOf(next)).toEqual([
      expect.stringMatching(/^K106 warning: Employee Number “007” was taken on 20\d\d-\d\d-\d\d, the file says “7”$/),
      expect.stringMatching(/^X401 info: no users record of this file and none that was taken before .* “zoe”$/),
      expect.stringMatching(/^K104 warning: Login “bob” was taken with the Employee Number “008” on /),
    ])
  })

  it('say nothing of a file before anything was taken', async () => {
    const next = csvOf([HEADER, user('7', 'ann')])
    expect(await findingsOf(next)).toEqual([expect.stringMatching(/^K104 info: /)])
  })
})
