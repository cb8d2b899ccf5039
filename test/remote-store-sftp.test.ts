import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createKeyPair, startSftpServer } from '../src/sandbox/index.ts'
import { openSftpStore, probeHostKey, probeHostKeys } from '../src/transfer/index.ts'
import { describeRemoteStore } from './contract/remote-store.ts'
import { canUsePassword, type OpenSshServer, startOpenSsh } from './servers/openssh.ts'

let openSsh: OpenSshServer

beforeAll(async () => {
  openSsh = await startOpenSsh()
}, 60_000)

afterAll(() => openSsh.stop())

let places = 0

async function openSshPlace(credential: { password: string } | { privateKey: string }) {
  const { host, port, username, fingerprint, root } = openSsh
  const folder = join(root, `place ${(places += 1)}`)
  openSsh.makeFolder(folder)
  return {
    store: await openSftpStore({ host, port, username, hostKeys: [fingerprint], ...credential }),
    folder,
    makeFolder: async (path: string) => openSsh.makeFolder(path),
    clear: () => rm(folder, { recursive: true }),
  }
}

describeRemoteStore('OpenSSH with a key', () => openSshPlace({ privateKey: openSsh.privateKey }))

if (canUsePassword) {
  describeRemoteStore('OpenSSH with a password', () => openSshPlace({ password: openSsh.password ?? '' }))
}

describeRemoteStore('the sandbox server', async () => {
  const root = await mkdtemp(join(tmpdir(), 'flatgate-sftp-store-'))
  await mkdir(join(root, 'Incoming/Users'), { recursive: true })
  const server = await startSftpServer({ root, users: [{ username: 'acme', password: 'right horse' }] })
  const { host, port, fingerprint } = server
  return {
    store: await openSftpStore({ host, port, username: 'acme', password: 'right horse', hostKeys: [fingerprint] }),
    folder: '/Incoming/Users',
    makeFolder: (path) => mkdir(join(root, path)),
    async clear() {
      await server.close()
      await rm(root, { recursive: true })
    },
  }
})

describe('a login at OpenSSH', () => {
  const open = (change: object) => {
    const { host, port, username, fingerprint, privateKey } = openSsh
    return openSftpStore({ host, port, username, hostKeys: [fingerprint], privateKey, ...change })
  }

  it('is refused with another key, another user and a password that is wrong', async () => {
    const stranger = createKeyPair().private
    const refusal = { code: 'TRANSFER_AUTH', retry: 'never' }
    await expect(open({ privateKey: stranger })).rejects.toMatchObject(refusal)
    await expect(open({ username: 'nobody-here' })).rejects.toMatchObject(refusal)
    await expect(open({ privateKey: undefined, password: 'wrong' })).rejects.toMatchObject(refusal)
  })

  it('tries the key before the password', async () => {
    const store = await open({ password: 'wrong' })
    expect(store.label).toBe(`sftp://${openSsh.username}@127.0.0.1:${openSsh.port}`)
    await store.close()
  })

  it('shows the key that ssh-keygen prints to whoever asks', async () => {
    const { host, port, fingerprint } = openSsh
    expect(await probeHostKey({ host, port })).toMatchObject({ fingerprint, type: 'ssh-ed25519' })
  })

  it('shows every key of the server, the one it prefers first', async () => {
    const { host, port, fingerprint, rsaFingerprint } = openSsh
    expect(await probeHostKeys({ host, port })).toMatchObject([
      { fingerprint, type: 'ssh-ed25519' },
      { fingerprint: rsaFingerprint, type: 'ssh-rsa' },
    ])
  })

  it.each(['', 'ssh-rsa '])(
    'is made on the one key that is pinned, though the server prefers another (%j)',
    async (type) => {
      const store = await open({ hostKeys: [type + openSsh.rsaFingerprint] })
      expect(await store.stat(join(openSsh.root, 'none'))).toBeUndefined()
      await store.close()
    },
  )

  it('is made on the keys of a known_hosts file, hashed, and on no revoked one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flatgate-known-'))
    const knownHostsFile = join(folder, 'known_hosts')
    const name = `[127.0.0.1]:${openSsh.port}`
    const [first = '', second = ''] = openSsh.publicKeys
    await writeFile(knownHostsFile, `${name} ${second}\n`)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', knownHostsFile], { stdio: 'ignore' })
    const store = await open({ hostKeys: undefined, knownHostsFile })
    await store.close()
    await appendFile(knownHostsFile, `@revoked ${name} ${first}\n@revoked * ${second}\n`)
    const refusal = { code: 'TRANSFER_HOST_KEY', details: { found: openSsh.rsaFingerprint } }
    await expect(open({ hostKeys: undefined, knownHostsFile })).rejects.toMatchObject(refusal)
    await expect(open({ knownHostsFile })).rejects.toMatchObject({ code: 'TRANSFER_HOST_KEY' })
    await rm(folder, { recursive: true })
  })

  it('sends nothing to a server that shows another key than the pinned one', async () => {
    const pinned = 'SHA256:0000000000000000000000000000000000000000000'
    await expect(open({ hostKeys: [pinned] })).rejects.toMatchObject({
      code: 'TRANSFER_HOST_KEY',
      retry: 'never',
      details: { expected: pinned, found: openSsh.fingerprint, type: 'ssh-ed25519' },
    })
  })

  it('takes any of several pinned keys, with padding or without', async () => {
    const other = 'SHA256:0000000000000000000000000000000000000000000'
    const store = await open({ hostKeys: [other, `${openSsh.fingerprint}=`] })
    await store.close()
  })
})
