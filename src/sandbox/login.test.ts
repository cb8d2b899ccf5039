import { expect, it } from '@jest/globals'
import ssh2, { type AuthContext, type ParsedKey } from 'ssh2'
import { createKeyPair, type KeyPair } from './key-pair.ts'
import { createLoginCheck } from './login.ts'

const key = createKeyPair()
const isWelcome = createLoginCheck([{ username: 'acme', publicKeys: [key.public] }])

/** An attempt that shows the public half of one key and is signed with another. */
function attempt(shown: KeyPair, signer: KeyPair): AuthContext {
  const blob = Buffer.from('what is signed')
  const context: unknown = {
    method: 'publickey',
    username: 'acme',
    key: { algo: 'ssh-ed25519', data: parsed(shown).getPublicSSH() },
    blob,
    signature: parsed(signer).sign(blob),
  }
  return context as AuthContext
}

function parsed({ private: pem }: KeyPair): ParsedKey {
  const found = ssh2.utils.parseKey(pem)
  if (found instanceof Error) throw found
  return found
}

it('needs the signature of the key that is shown', () => {
  expect(isWelcome(attempt(key, key))).toBe(true)
  expect(isWelcome(attempt(key, createKeyPair()))).toBe(false)
  expect(isWelcome(attempt(createKeyPair(), key))).toBe(false)
})

it('refuses to start with a public key that cannot be read', () => {
  expect(() => createLoginCheck([{ username: 'acme', publicKeys: ['ssh-ed25519 AAAA'] }])).toThrow(
    expect.objectContaining({ code: 'USAGE' }),
  )
})
