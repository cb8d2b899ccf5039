import type * as crypto from 'node:crypto'

/**
 * Node's cryptography, loaded by the first who asks for it: it takes as long as thirty of our own modules, and most files
 * are checked without it.
 */
export function nodeCrypto(): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}
