import { createRequire } from 'node:module'
import type iconvLite from 'iconv-lite'

const require = createRequire(import.meta.url)

let loaded: typeof iconvLite | undefined

/** The library of encodings, loaded by the first who asks for it: Coupa's own dialect is read and written without it. */
export function iconv(): typeof iconvLite {
  loaded ??= require('iconv-lite') as typeof iconvLite
  return loaded
}
