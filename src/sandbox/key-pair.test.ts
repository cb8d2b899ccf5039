import { expect, it } from '@jest/globals'
import ssh2 from 'ssh2'
import { createKeyPair } from './key-pair.ts'

it('makes only keys that can be read', () => {
  // One in 256 of the library's own cannot.
  for (let n = 0; n < 1500; n += 1) {
    const pair = createKeyPair()
    expect(ssh2.utils.parseKey(pair.private)).not.toBeInstanceOf(Error)
    expect(ssh2.utils.parseKey(pair.public)).not.toBeInstanceOf(Error)
  }
})
