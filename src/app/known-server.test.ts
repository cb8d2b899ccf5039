import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { caught } from '../../test/support/caught.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { type Ledger, openLedger } from '../ledger/index.ts'
import { findKnownServer, forgetKnownServer, refuseOtherServer, rememberKnownServer } from './known-server.ts'

const folder = useTempFolder()
const LABEL = 'sftp://coupa@prod:22'
const OLD = 'SHA256:old'
const NEW = 'SHA256:new'
const seenAt = new Date('2026-11-20T04:00:00Z')

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger(folder.at('ledger.sqlite'))
})
afterEach(() => ledger.close())

const configured = (label: string, ...fingerprints: string[]) => ({
  label,
  trust: { pins: fingerprints.map((fingerprint) => ({ fingerprint })) },
})

async function meet(fingerprint: string, server = configured(LABEL, fingerprint)): Promise<void> {
  await rememberKnownServer(ledger, server, { fingerprint, seenAt })
}

describe('the server of a ledger', () => {
  it('is the one that was met first', async () => {
    await meet(OLD)
    expect(await findKnownServer(ledger)).toMatchObject({ label: LABEL, fingerprint: OLD, seenAt })
    expect(() => refuseOtherServer(undefined, configured('sftp://any@where:1', NEW))).not.toThrow()
  })

  it.each([
    ['another host', configured('sftp://coupa@test:22', OLD)],
    ['another user', configured('sftp://other@prod:22', OLD)],
    ['another key', configured(LABEL, NEW)],
  ])('is not %s, and the refusal names both', async (_title, other) => {
    await meet(OLD)
    const known = await findKnownServer(ledger)
    const { code, details } = await caught(() => refuseOtherServer(known, other))
    expect({ code, ...details }).toEqual({
      code: 'SERVER_CHANGED',
      known: LABEL,
      knownKey: OLD,
      configured: other.label,
      configuredKey: other.trust.pins[0]?.fingerprint,
      since: seenAt.toISOString(),
    })
  })

  it('stays the same while its key is changed with both keys pinned', async () => {
    const both = configured(LABEL, OLD, NEW)
    await meet(OLD, both)
    refuseOtherServer(await findKnownServer(ledger), both)
    await meet(NEW, both)
    refuseOtherServer(await findKnownServer(ledger), configured(LABEL, NEW))
    expect(
      (await caught(async () => refuseOtherServer(await findKnownServer(ledger), configured(LABEL, OLD)))).code,
    ).toBe('SERVER_CHANGED')
  })

  it('is not replaced by another that a second process meets at the same time', async () => {
    await meet(OLD)
    expect((await caught(() => meet(NEW))).code).toBe('SERVER_CHANGED')
    expect(await findKnownServer(ledger)).toMatchObject({ fingerprint: OLD })
  })

  it('is the next one that is met once a person said so', async () => {
    await meet(OLD)
    await forgetKnownServer(ledger)
    await meet(NEW)
    expect(await findKnownServer(ledger)).toMatchObject({ fingerprint: NEW })
  })
})
