import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { machineMark } from './lease-owner.ts'
import { heldLeases, releasableLease, releaseUnrenewed } from './leases.ts'

const folder = useTempFolder()
const NOW = new Date('2026-11-20T03:50:00Z')
const AHEAD = new Date('2097-01-01T00:00:00Z')

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'))
})
afterEach(() => ledger.close())

const leave = (owner: string): Promise<boolean> => ledger.takeLease('flow users', owner, AHEAD, AHEAD)

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0'])
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('a lease that a clock wrote that was ahead', () => {
  it('is not released while its process runs on this machine', async () => {
    await leave(`${machineMark()} ${process.ppid} x`)
    expect(await heldLeases(ledger, NOW)).toMatchObject([{ pid: process.ppid, holder: 'running', isAhead: true }])
    const details = { lease: 'flow users', pid: process.ppid }
    await expect(releasableLease(ledger, 'flow users', NOW)).rejects.toMatchObject({ code: 'FLOW_BUSY', details })
  })

  it('keeps nobody out where its process of this machine is gone', async () => {
    await leave(`${machineMark()} ${await pidOfTheDead()} x`)
    expect(await heldLeases(ledger, NOW)).toEqual([])
  })

  it('is not released when it was renewed while a person thought about it', async () => {
    await leave('elsewhere 1 x')
    const lease = await releasableLease(ledger, 'flow users', NOW)
    await ledger.takeLease('flow users', 'elsewhere 1 x', AHEAD, new Date(AHEAD.getTime() + 30_000))
    await expect(releaseUnrenewed(ledger, lease)).rejects.toMatchObject({ code: 'FLOW_BUSY' })
    expect(await ledger.leaseOwner('flow users')).toBe('elsewhere 1 x')
  })
})
