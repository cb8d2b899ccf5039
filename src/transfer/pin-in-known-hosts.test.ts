import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { fingerprintOf, makeKey } from '../../test/servers/ssh-keys.ts'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { describeHostKey, type HostKey } from './host-key.ts'
import { findKnownHost } from './known-hosts.ts'
import { pinInKnownHosts } from './pin-in-known-hosts.ts'

const folder = useTempFolder()
const SERVER = { host: 'SFTP.example.com', port: 2222 }
let first: HostKey
let second: HostKey
beforeEach(() => {
  first = newKey('first')
  second = newKey('second')
})

function newKey(name: string, type?: 'rsa'): HostKey {
  makeKey(folder.at(name), type)
  const [, base64 = ''] = readFileSync(folder.at(`${name}.pub`), 'utf8').split(' ')
  const key = describeHostKey(Buffer.from(base64, 'base64'))
  expect(key.fingerprint).toBe(fingerprintOf(folder.at(`${name}.pub`)))
  return key
}

function trustedIn(text: string): readonly string[] {
  return findKnownHost(text, SERVER).trusted.map(({ fingerprint }) => fingerprint)
}

describe('pinInKnownHosts', () => {
  it('adds a line that is found again, for this port only', () => {
    const { text, replaced } = pinInKnownHosts('', SERVER, first)
    expect(text).toBe(`[sftp.example.com]:2222 ssh-ed25519 ${first.publicKey}\n`)
    expect({ trusted: trustedIn(text), replaced }).toEqual({ trusted: [first.fingerprint], replaced: [] })
    expect(findKnownHost(text, { ...SERVER, port: 22 }).trusted).toEqual([])
  })

  it('takes the old key of the same type out and leaves every other line as it is', () => {
    const others = `# ours\n\nother.example.com ssh-ed25519 ${first.publicKey}\n`
    const before = pinInKnownHosts(others, SERVER, first).text
    const { text, replaced } = pinInKnownHosts(before, SERVER, second)
    expect(replaced).toEqual([first.fingerprint])
    expect(trustedIn(text)).toEqual([second.fingerprint])
    expect(text).toBe(`${others}[sftp.example.com]:2222 ssh-ed25519 ${second.publicKey}\n`)
  })

  it('keeps a key of another type, and a line that is for several servers', () => {
    const rsa = newKey('rsa', 'rsa')
    const list = `a,[sftp.example.com]:2222 ssh-ed25519 ${first.publicKey}\n`
    const { text, replaced } = pinInKnownHosts(pinInKnownHosts(list, SERVER, rsa).text, SERVER, second)
    expect(trustedIn(text)).toEqual([first.fingerprint, rsa.fingerprint, second.fingerprint])
    expect(replaced).toEqual([])
  })

  it('changes nothing when it is done twice', () => {
    const once = pinInKnownHosts('# c\n', SERVER, first)
    expect(pinInKnownHosts(once.text, SERVER, first)).toEqual(once)
  })
})
