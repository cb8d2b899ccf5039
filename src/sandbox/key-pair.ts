import ssh2 from 'ssh2'

/** An SSH key of either side, in OpenSSH's forms. */
export interface KeyPair {
  readonly private: string
  /** A line as in `authorized_keys`. */
  readonly public: string
}

/** Makes an ed25519 key, for the host or for a user. */
export function createKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    // ssh2 1.17 cuts leading zero bytes of the public half and so spoils one key in 256.
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair
  }
}
