import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type ssh2 from 'ssh2'
import SftpClient from 'ssh2-sftp-client'
import type { Faults } from './faults.ts'
import { createKeyPair } from './key-pair.ts'
import { type SftpServer, type SftpServerOptions, startSftpServer } from './sftp-server.ts'

const key = createKeyPair()
const users = [{ username: 'acme', password: 'right horse', publicKeys: [key.public] }]

let folder: string
let root: string
let faults: Faults
const servers: SftpServer[] = []
const clients: SftpClient[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-sftp-'))
  root = join(folder, 'root')
  faults = {}
  mkdirSync(join(root, 'Incoming/Users'), { recursive: true })
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
  rmSync(folder, { recursive: true })
})

async function start(options: Partial<SftpServerOptions> = {}): Promise<SftpServer> {
  const server = await startSftpServer({ root, users, faults, ...options })
  servers.push(server)
  return server
}

async function connect(
  { port }: SftpServer,
  login: ssh2.ConnectConfig = { password: 'right horse' },
): Promise<SftpClient> {
  const quiet = (): void => undefined
  const client = new SftpClient('test', { error: quiet, end: quiet, close: quiet })
  await client.connect({ host: '127.0.0.1', port, username: 'acme', readyTimeout: 5000, ...login })
  clients.push(client)
  return client
}

describe('a login', () => {
  it('succeeds with the password and with the key', async () => {
    const server = await start()
    await connect(server)
    await connect(server, { privateKey: key.private })
    expect(server.connections()).toBe(2)
  })

  it('fails with another password, another key, another name and without either', async () => {
    const server = await start()
    const other = createKeyPair().private
    for (const login of [
      { password: 'wrong horse' },
      { password: '' },
      { privateKey: other },
      { username: 'nobody', password: 'right horse' },
      { username: 'nobody', password: '' },
      {},
    ]) {
      await expect(connect(server, login)).rejects.toThrow(/authentication methods failed/)
    }
  })

  it('fails for everybody while the fault switch refuses logins', async () => {
    const server = await start()
    faults.refuseLogin = true
    await expect(connect(server)).rejects.toThrow(/authentication methods failed/)
    faults.refuseLogin = false
    await connect(server)
  })

  it('shows the host key whose fingerprint the server states, and keeps a given one', async () => {
    const hostKey = createKeyPair().private
    const [first, second] = [await start({ hostKey }), await start({ hostKey })]
    expect(second.fingerprint).toBe(first.fingerprint)
    let seen = ''
    await connect(first, {
      password: 'right horse',
      hostHash: 'sha256',
      hostVerifier: (hash: string) => {
        seen = `SHA256:${Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')}`
        return true
      },
    })
    expect(seen).toBe(first.fingerprint)
  })

  it('refuses a port that is taken with an error of ours', async () => {
    const { port } = await start()
    await expect(start({ port })).rejects.toMatchObject({ code: 'SANDBOX_PORT' })
  })
})

describe('connections', () => {
  it('are five at most, and a place is free again when one ends', async () => {
    const server = await start()
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => connect(server)))
    await expect(connect(server)).rejects.toThrow()
    await five[0]?.end()
    // The server hears of the end a moment after the client.
    while (server.connections() === 5) await setImmediate()
    await connect(server)
    expect(server.connections()).toBe(5)
  })

  it('are broken when the server closes, twice without harm', async () => {
    const server = await start()
    const client = await connect(server)
    await server.close()
    await server.close()
    await expect(client.list('/')).rejects.toThrow()
  })
})

describe('ssh2-sftp-client', () => {
  it('puts, lists, reads, renames and removes', async () => {
    const client = await connect(await start())
    const body = Buffer.alloc(150_000, 'abcdefg')
    await client.put(body, '/Incoming/Users/.a.part')
    await client.rename('/Incoming/Users/.a.part', '/Incoming/Users/a.csv')
    expect(await client.list('/Incoming/Users')).toMatchObject([{ name: 'a.csv', type: '-', size: 150_000 }])
    const read = await client.get('/Incoming/Users/a.csv')
    expect(Buffer.isBuffer(read) && read.equals(body)).toBe(true)
    expect((await client.stat('/Incoming')).isDirectory).toBe(true)
    await client.mkdir('/Incoming/New')
    expect(await client.exists('/Incoming/New')).toBe('d')
    await client.rmdir('/Incoming/New')
    await client.delete('/Incoming/Users/a.csv')
    expect(readdirSync(join(root, 'Incoming'), { recursive: true })).toEqual(['Users'])
  })

  it('puts and gets many pieces at once', async () => {
    const client = await connect(await start())
    const body = Buffer.alloc(3_000_000, 'abcdefg')
    writeFileSync(join(folder, 'up'), body)
    await client.fastPut(join(folder, 'up'), '/big.csv')
    await client.fastGet('/big.csv', join(folder, 'down'))
    expect(readFileSync(join(folder, 'down')).equals(body)).toBe(true)
  })

  it('lists more names than fit into one answer', async () => {
    for (let n = 0; n < 250; n += 1) writeFileSync(join(root, 'Incoming/Users', `${n}.csv`), '')
    const client = await connect(await start())
    expect(await client.list('/Incoming/Users')).toHaveLength(250)
  })

  it('may not replace a file by a rename', async () => {
    writeFileSync(join(root, 'a.csv'), 'a')
    writeFileSync(join(root, 'b.csv'), 'b')
    const client = await connect(await start())
    await expect(client.rename('/a.csv', '/b.csv')).rejects.toThrow(/exists already/)
    expect([readFileSync(join(root, 'a.csv'), 'utf8'), readFileSync(join(root, 'b.csv'), 'utf8')]).toEqual(['a', 'b'])
  })

  it('may not open exclusively what exists', async () => {
    writeFileSync(join(root, 'a.csv'), 'a')
    const client = await connect(await start())
    await expect(open(client, '/a.csv', 'wx')).rejects.toMatchObject({ code: 4 })
    await open(client, '/b.csv', 'wx')
  })

  it('gets a failed write, once, from the fault switch', async () => {
    const client = await connect(await start())
    const handle = await open(client, '/a.csv', 'wx')
    faults.failNthWrite = 2
    await write(client, handle, 'ab', 0)
    await expect(write(client, handle, 'cd', 2)).rejects.toMatchObject({ code: 4 })
    await write(client, handle, 'ef', 2)
    expect(readFileSync(join(root, 'a.csv'), 'utf8')).toBe('abef')
  })

  it.each([
    ['before', ['a.csv']],
    ['after', ['b.csv']],
  ] as const)('loses the link at a rename, %s it is done', async (when, names) => {
    writeFileSync(join(root, 'Incoming/Users/a.csv'), 'a')
    const client = await connect(await start())
    faults.cutLinkAtRename = when
    await expect(client.rename('/Incoming/Users/a.csv', '/Incoming/Users/b.csv')).rejects.toThrow()
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual(names)
    expect(faults).toEqual({})
  })
})

describe('the jail', () => {
  beforeEach(() => {
    writeFileSync(join(folder, 'secret.csv'), 'secret')
    mkdirSync(join(folder, 'outside'))
    symlinkSync(join(folder, 'secret.csv'), join(root, 'file-link'))
    symlinkSync(join(folder, 'outside'), join(root, 'folder-link'))
    symlinkSync(join(folder, 'outside/new.csv'), join(root, 'dangling-link'))
    symlinkSync('Incoming/Users', join(root, 'inner-link'))
  })

  it('keeps dots inside', async () => {
    const client = await connect(await start())
    expect(await client.realPath('../../..')).toBe('/')
    expect(await client.realPath('/Incoming/../../Incoming/./Users/')).toBe('/Incoming/Users')
    await expect(client.get('/../secret.csv')).rejects.toThrow(/No such file|ENOENT/i)
    await client.put(Buffer.from('x'), '../../new.csv')
    expect(readdirSync(root)).toContain('new.csv')
  })

  it('follows no link that leads out', async () => {
    const client = await connect(await start())
    await expect(client.get('/file-link')).rejects.toThrow(/leads out/)
    await expect(client.list('/folder-link')).rejects.toThrow(/leads out/)
    await expect(open(client, '/folder-link/new.csv', 'w')).rejects.toMatchObject({ code: 3 })
    await expect(open(client, '/dangling-link', 'w')).rejects.toThrow()
    await expect(client.rename('/Incoming/Users', '/folder-link/Users')).rejects.toThrow(/leads out/)
    expect(readdirSync(join(folder, 'outside'))).toEqual([])
    await open(client, '/inner-link/new.csv', 'w')
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual(['new.csv'])
  })

  it('refuses names that could be read as a path, and keeps the odd ones', async () => {
    const client = await connect(await start())
    await expect(open(client, '/..\\secret.csv', 'w')).rejects.toMatchObject({ code: 3 })
    await expect(open(client, '/a\0b', 'w')).rejects.toMatchObject({ code: 3 })
    await open(client, '/Incoming/Users/ Übersicht "1" *.csv', 'w')
    expect(readdirSync(join(root, 'Incoming/Users'))).toEqual([' Übersicht "1" *.csv'])
    await expect(client.rmdir('/')).rejects.toThrow()
  })
})

describe("OpenSSH's sftp", () => {
  it('runs a batch from login to bye', async () => {
    const { port } = await start()
    writeFileSync(join(folder, 'id'), key.private, { mode: 0o600 })
    writeFileSync(join(folder, 'up.csv'), 'a,b\r\n')
    const batch = [
      'cd /Incoming/Users',
      `put -p ${folder}/up.csv .up.part`,
      'rename .up.part up.csv',
      'ls -la /Incoming/Users',
      `get up.csv ${folder}/down.csv`,
      'mkdir deep',
      'rmdir deep',
      'chmod 600 up.csv',
      `put ${folder}/up.csv gone.csv`,
      'rm gone.csv',
      `put ${folder}/up.csv ../../../../up.csv`,
      'bye',
    ]
    writeFileSync(join(folder, 'batch'), batch.join('\n'))
    const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${folder}/known`, 'IdentitiesOnly=yes']
    const { stdout } = await promisify(execFile)(
      'sftp',
      [
        '-P',
        String(port),
        '-i',
        join(folder, 'id'),
        ...options.flatMap((option) => ['-o', option]),
        '-b',
        join(folder, 'batch'),
        'acme@127.0.0.1',
      ],
      { timeout: 20_000 },
    )
    expect(stdout).toMatch(/^-rw\S+ .* up\.csv$/m)
    expect(readFileSync(join(folder, 'down.csv'), 'utf8')).toBe('a,b\r\n')
    expect(readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
      'Incoming',
      'Incoming/Users',
      'Incoming/Users/up.csv',
      'up.csv',
    ])
  })
})

/** The low-level calls, which ssh2-sftp-client keeps for itself. */
function raw(client: SftpClient): ssh2.SFTPWrapper {
  return (client as unknown as { readonly sftp: ssh2.SFTPWrapper }).sftp
}

async function open(client: SftpClient, path: string, mode: ssh2.OpenMode): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    raw(client).open(path, mode, (error, handle) => (error ? reject(error) : resolve(handle)))
  })
}

async function write(client: SftpClient, handle: Buffer, text: string, position: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = Buffer.from(text)
    raw(client).write(handle, sent, 0, sent.length, position, (error) => (error ? reject(error) : resolve()))
  })
}
