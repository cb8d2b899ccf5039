import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { RECORDED_AT } from '../../test/support/ledger-records.ts'
import { type KnownServer, type Ledger, openLedger } from './index.ts'

const PRODUCTION: KnownServer = {
  name: 'coupa',
  label: 'sftp://u@production:22',
  fingerprint: 'SHA256:p',
  seenAt: RECORDED_AT,
}

let folder: string
let ledger: Ledger

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-servers-'))
  ledger = await openLedger(join(folder, 'ledger.sqlite'))
})

afterEach(async () => {
  await ledger.close()
  await rm(folder, { recursive: true })
})

const remember = (server: KnownServer) => ledger.write((writer) => writer.rememberServer(server))

describe('a server', () => {
  it('is new, then the same, whenever it is met', async () => {
    expect(await ledger.findServer('coupa')).toBeUndefined()
    expect(await remember(PRODUCTION)).toBe('new')
    expect(await remember({ ...PRODUCTION, seenAt: new Date(0) })).toBe('same')
    expect(await ledger.findServer('coupa')).toEqual(PRODUCTION)
  })

  it.each([{ label: 'sftp://u@test:22' }, { fingerprint: 'SHA256:t' }])(
    'is another one with %j, and the first stays the one that is known',
    async (change) => {
      await remember(PRODUCTION)
      expect(await remember({ ...PRODUCTION, ...change })).toBe('other')
      expect(await remember({ ...PRODUCTION, ...change })).toBe('other')
      expect(await ledger.findServer('coupa')).toEqual(PRODUCTION)
    },
  )

  it('is known under its own name only', async () => {
    await remember(PRODUCTION)
    expect(await remember({ ...PRODUCTION, name: 'other', label: 'x' })).toBe('new')
  })

  it('may be another one after a person had the first forgotten', async () => {
    await remember(PRODUCTION)
    await ledger.write((writer) => writer.forgetServer('coupa'))
    expect(await remember({ ...PRODUCTION, label: 'x' })).toBe('new')
  })
})
