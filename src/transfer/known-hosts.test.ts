import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fingerprintOf, makeKey } from '../../test/servers/ssh-keys.ts'
import { findKnownHost } from './known-hosts.ts'

let folder: string
/** A line of `ssh-keygen`: type, key and comment. */
let key: string
let fingerprint: string
let hashed: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-known-'))
  makeKey(join(folder, 'host'))
  key = readFileSync(join(folder, 'host.pub'), 'utf8').trim()
  fingerprint = fingerprintOf(join(folder, 'host.pub'))
  const file = join(folder, 'known_hosts')
  writeFileSync(file, `sftp.example.com ${key}\n[sftp.example.com]:2222 ${key}\n`)
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
  hashed = readFileSync(file, 'utf8')
})

afterAll(() => rmSync(folder, { recursive: true }))

const HOST = 'sftp.example.com'

function trusts(text: string, port = 22, host = HOST): boolean {
  const { trusted } = findKnownHost(text, { host, port })
  expect(trusted.every((one) => one.fingerprint === fingerprint && one.type === 'ssh-ed25519')).toBe(true)
  return trusted.length > 0
}

describe('an entry of known_hosts', () => {
  it.each([
    ['the name', HOST, true],
    ['the name in another case', 'SFTP.example.COM', true],
    ['another name', 'sftp.example.org', false],
    ['a name that only begins alike', 'sftp.example.co', false],
    ['a list', `10.0.0.1,${HOST}`, true],
    ['a star', '*.example.com', true],
    ['a star in the middle', 's*p.ex*.com', true],
    ['a star that would need more', 'sftp.example.com*x', false],
    ['a question mark', 'sft?.example.com', true],
    ['a question mark for nothing', '?sftp.example.com', false],
    ['a star that is taken back', '*.example.com,!sftp.example.com', false],
    ['a star of which another is taken back', '*.example.com,!ftp.example.com', true],
    ['only a negation', '!ftp.example.com', false],
    ['the name with another port', '[sftp.example.com]:2222', false],
    ['a name like an expression', 'sftp.example.c.m', false],
  ])('for %s', (_title, hosts, isFor) => {
    expect(trusts(`${hosts} ${key}\n`)).toBe(isFor)
  })

  it('with a port is for that port, and one without is for 22', () => {
    expect(trusts(`[${HOST}]:2222 ${key}`, 2222)).toBe(true)
    expect(trusts(`[${HOST}]:2222 ${key}`, 2223)).toBe(false)
    expect(trusts(`${HOST} ${key}`, 2222)).toBe(false)
  })

  it('is found where ssh-keygen has hashed the names', () => {
    expect(hashed).not.toContain('example')
    expect(findKnownHost(hashed, { host: HOST, port: 22 }).trusted).toHaveLength(1)
    expect(trusts(hashed, 2222, 'SFTP.example.com')).toBe(true)
    expect(trusts(hashed, 2223)).toBe(false)
    expect(trusts(hashed.replaceAll('|1|', '|2|'))).toBe(false)
  })

  it('is passed over when it is a comment, empty, damaged, of an authority or of an unknown kind', () => {
    const [type = '', base64 = ''] = key.split(' ')
    const lines = [
      `# ${HOST} ${key}`,
      `  #${HOST} ${key}`,
      '',
      HOST,
      `${HOST} ${type}`,
      `${HOST} ${type} AAAA`,
      `${HOST} ssh-rsa ${base64}`,
      `${HOST} 1024 35 12345`,
      `@cert-authority ${HOST} ${key}`,
      `@unknown ${HOST} ${key}`,
    ]
    const { trusted, ...rest } = findKnownHost(lines.join('\r\n'), { host: HOST, port: 22 })
    expect([trusted, rest]).toEqual([[], { revoked: [], unreadableRevocations: [] }])
  })

  it('is read behind tabs and several blanks, and up to a carriage return', () => {
    expect(trusts(`\t${HOST}\t  ${key.replace(' ', '   ')}\r\n`)).toBe(true)
  })

  it('names a revoked key, hashed or not, and only that of the host', () => {
    const text = `@revoked ${HOST} ${key}\n@revoked other ${key}\n@revoked ${hashed}`
    const found = findKnownHost(text, { host: HOST, port: 22 })
    expect(found.revoked.map((one) => one.fingerprint)).toEqual([fingerprint, fingerprint])
  })

  it('that revokes and cannot be read is named by its line', () => {
    const text = `\n@revoked ${HOST} ssh-rsa AAAA\n@revoked\n`
    expect(findKnownHost(text, { host: HOST, port: 22 }).unreadableRevocations).toEqual([2, 3])
  })

  it('cannot slow the search down by its stars', () => {
    const pattern = `${'*a'.repeat(200)}b`
    expect(trusts(`${pattern} ${key}`, 22, 'a'.repeat(250))).toBe(false)
  })
})
