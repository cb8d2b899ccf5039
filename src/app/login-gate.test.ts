import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { failingLedger } from '../../test/support/failing-ledger.ts'
import { createFaultPlan } from '../../test/support/fault-plan.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { GatewayError } from '../base/index.ts'
import { backupLedger, type Ledger, openLedger } from '../ledger/index.ts'
import { createLoginGate, type LoginGate } from './login-gate.ts'

const folder = useTempFolder()
const clock = createManualClock()
const label = 'sftp://ann@coupa.example:22'
const refusal = new GatewayError('TRANSFER_AUTH', { label })
const barred = { code: 'LOGIN_BARRED', details: { label, refusedAt: clock.now().toISOString() } }
const wrong = { password: 'hunter2' }

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'))
})
afterEach(() => ledger.close())

/** As another process has it. */
const gate = (own = label): LoginGate => createLoginGate({ ledger, clock, label: own })

describe('a login that was refused', () => {
  it('is barred for every process, until one succeeds', async () => {
    await gate().pass(wrong)
    expect(await gate().close(wrong, refusal)).toBe(refusal)
    for (const process of [gate(), gate()]) {
      for (const _ of [1, 2]) await expect(process.pass(wrong)).rejects.toMatchObject(barred)
    }
    await gate().open()
    await gate().pass(wrong)
  })

  it.each([
    ['another password', { password: 'hunter3' }],
    ['a key beside it', { ...wrong, privateKey: 'hunter2' }],
    ['the same words as a key', { privateKey: 'hunter2' }],
  ])('leaves the way free for %s', async (_title, secrets) => {
    await gate().close(wrong, refusal)
    await gate().pass(secrets)
    await expect(gate().pass(wrong)).rejects.toMatchObject(barred)
  })

  it('leaves the way free for another user, host or port', async () => {
    await gate().close(wrong, refusal)
    await gate('sftp://bob@coupa.example:22').pass(wrong)
  })

  it('is told apart from the next one, whose credentials take its place', async () => {
    await gate().close(wrong, refusal)
    const next = { password: 'hunter3' }
    await gate().close(next, refusal)
    await expect(gate().pass(next)).rejects.toMatchObject(barred)
    await gate().pass(wrong)
  })

  it('leaves nothing of the credentials in the ledger, and no mark that two ledgers share', async () => {
    const secrets = { password: 'hunter2', privateKey: 'BEGIN KEY', passphrase: 'open sesame' }
    await gate().close(secrets, refusal)
    const first = await ledger.findLoginRefusal(label)
    await backupLedger(folder.at('ledger.sqlite'), folder.at('copy.sqlite'))
    expect(readFileSync(folder.at('copy.sqlite'), 'latin1')).not.toMatch(/hunter2|BEGIN KEY|open sesame/)
    await gate().close(secrets, refusal)
    expect((await ledger.findLoginRefusal(label))?.fingerprint).not.toBe(first?.fingerprint)
  })

  it('says so where the ledger could not keep it', async () => {
    const full = failingLedger(ledger, createFaultPlan(1, 'refused', true))
    const told = await createLoginGate({ ledger: full, clock, label }).close(wrong, refusal)
    expect(told).toMatchObject({ code: 'TRANSFER_AUTH', details: { label, unrecorded: 'LEDGER_BUSY' } })
    await gate().pass(wrong)
  })
})
