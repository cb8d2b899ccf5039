import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import SftpClient from 'ssh2-sftp-client'
import { createKeyPair } from './key-pair.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

let folder: string
let sandbox: Sandbox | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-sandbox-'))
})
afterEach(async () => {
  await sandbox?.close()
  rmSync(folder, { recursive: true })
})

it('takes a file over SFTP, loads it and hands out an export', async () => {
  sandbox = await startSandbox({ folder })
  const { host, port, username, password = '' } = sandbox
  const client = new SftpClient()
  await client.connect({ host, port, username, password })
  await client.put(Buffer.from('"Name"\r\n"Acme"\r\n'), '/Incoming/Suppliers/suppliers_1.csv')
  await sandbox.loader.cycle()
  expect(await client.exists('/Incoming/Archive/Suppliers/suppliers_1.csv')).toBe('-')
  expect(sandbox.loads()).toMatchObject([{ sourceFor: 'Supplier', recordsCreated: 1 }])
  const path = sandbox.writeExport({ object: 'suppliers' })
  await client.fastGet(path, join(folder, 'export.csv'))
  expect(readFileSync(join(folder, 'export.csv'), 'utf8')).toContain('"Name"')
  await client.end()
})

it('keeps its host key over a restart and hides it from others', async () => {
  sandbox = await startSandbox({ folder })
  const { fingerprint, password } = sandbox
  await sandbox.close()
  sandbox = await startSandbox({ folder })
  expect(sandbox.fingerprint).toBe(fingerprint)
  expect(sandbox.password).not.toBe(password)
  expect(statSync(join(folder, 'state/host_key')).mode & 0o077).toBe(0)
})

it('makes no password where a key may log in', async () => {
  sandbox = await startSandbox({ folder, publicKeys: [createKeyPair().public] })
  expect(sandbox.password).toBeUndefined()
})

it('closes although it waits for its next look, and twice', async () => {
  sandbox = await startSandbox({ folder, cycleSeconds: 300 })
  await sandbox.close()
  await sandbox.close()
  expect(sandbox.connections()).toBe(0)
})
