import { createReadStream } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { isCode } from './durable-file.ts'
import { nodeCrypto } from './node-crypto.ts'

/** SHA-256 of a file, lower-case hex; `undefined` where there is none, or a folder. */
export async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = nodeCrypto().createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'EISDIR')) return undefined
    throw error
  }
  return hash.digest('hex')
}

/** Whether anything has this name: a file, a folder, or a link that leads nowhere. */
export async function isNameTaken(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}
