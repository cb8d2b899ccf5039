import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fingerprintOf, makeKey } from '../../test/servers/ssh-keys.ts'
import { isTrusted, loadHostTrust } from './host-trust.ts'

let folder: string
let key: string
let fingerprint: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-trust-'))
  makeKey(join(folder, 'host'))
  key = (await readFile(join(folder, 'host.pub'), 'utf8')).trim()
  fingerprint = fingerprintOf(join(folder, 'host.pub'))
})

afterEach(() => rm(folder, { recursive: true }))

const server = { host: 'sftp.example.com', port: 22 }

async function fileWith(text: string): Promise<string> {
  const path = join(folder, 'known_hosts')
  await writeFile(path, text)
  return path
}

describe('the trust in a server', () => {
  it('takes a fingerprint, padded or not, one with its type, and a whole key', async () => {
    const type = 'ssh-ed25519'
    const pins = async (text: string) => (await loadHostTrust({ ...server, hostKeys: [text] })).pins
    expect(await pins(` ${fingerprint}= `)).toEqual([{ fingerprint }])
    expect(await pins(`${type} ${fingerprint}`)).toEqual([{ fingerprint, type }])
    expect(await pins(`${fingerprint} of the test server`)).toEqual([{ fingerprint }])
    expect(await pins(key)).toEqual([{ fingerprint, type }])
  })

  it('adds what a known_hosts file says', async () => {
    const knownHostsFile = await fileWith(`${server.host} ${key}\n`)
    const trust = await loadHostTrust({ ...server, hostKeys: ['SHA256:other'], knownHostsFile })
    expect(trust).toEqual({
      pins: [{ fingerprint: 'SHA256:other' }, { fingerprint, type: 'ssh-ed25519' }],
      revoked: [],
    })
    expect(isTrusted(trust, { fingerprint })).toBe(true)
    expect(isTrusted(trust, { fingerprint: 'SHA256:third' })).toBe(false)
  })

  it('ends where the key is revoked, pinned or not', async () => {
    const knownHostsFile = await fileWith(`@revoked ${server.host} ${key}\n`)
    const trust = await loadHostTrust({ ...server, hostKeys: [fingerprint], knownHostsFile })
    expect(isTrusted(trust, { fingerprint })).toBe(false)
  })

  it('is missing when nothing is pinned for this host and port', async () => {
    const missing = { code: 'TRANSFER_HOST_KEY_MISSING' }
    await expect(loadHostTrust({ ...server, hostKeys: [' '] })).rejects.toMatchObject(missing)
    const knownHostsFile = await fileWith(`other.example.com ${key}\n`)
    const details = { ...server, knownHostsFile }
    await expect(loadHostTrust({ ...server, knownHostsFile })).rejects.toMatchObject({ ...missing, details })
  })

  it('needs a file that can be read, and every revocation in it', async () => {
    const load = (knownHostsFile: string) => loadHostTrust({ ...server, hostKeys: [fingerprint], knownHostsFile })
    await expect(load(join(folder, 'none'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
    await expect(load(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    const damaged = await fileWith(`${server.host} ${key}\n@revoked ${server.host} ssh-rsa AAA\n`)
    await expect(load(damaged)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { line: 2 } })
  })
})
