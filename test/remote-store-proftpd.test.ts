import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openSftpStore } from '../src/transfer/index.ts'
import { describeRemoteStore } from './contract/remote-store.ts'
import { type ProftpdServer, startProftpd } from './servers/proftpd.ts'

let server: ProftpdServer

beforeAll(async () => {
  server = await startProftpd()
}, 120_000)

afterAll(() => server.stop())

let places = 0

async function placeFor(credential: { password: string } | { privateKey: string }) {
  const { host, port, username, fingerprints, root } = server
  const folder = join(root, `place ${(places += 1)}`)
  server.makeFolder(folder)
  return {
    store: await openSftpStore({ host, port, username, hostKeys: Object.values(fingerprints), ...credential }),
    folder,
    makeFolder: async (path: string) => server.makeFolder(path),
    clear: () => rm(folder, { recursive: true }),
  }
}

describeRemoteStore('ProFTPD', () => placeFor({ privateKey: server.privateKey }))

describe('a login at ProFTPD', () => {
  it('is made with a password', async () => {
    const place = await placeFor({ password: server.password })
    expect(await place.store.list(place.folder)).toEqual([])
    await place.store.close()
  })

  it('is refused with a wrong one, once', async () => {
    await expect(placeFor({ password: 'wrong' })).rejects.toMatchObject({ code: 'TRANSFER_AUTH', retry: 'never' })
  })
})
