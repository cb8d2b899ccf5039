import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { readBlocks } from './read-blocks.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flatgate-read-blocks-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('readBlocks', () => {
  it.each([0, 1, 256 * 1024, 256 * 1024 + 1, 1_000_000])('gives every byte of %d once, in order', async (length) => {
    const bytes = randomBytes(length)
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const copies: Uint8Array[] = []
    for await (const block of readBlocks(path)) copies.push(Uint8Array.from(block))
    expect(Buffer.concat(copies).equals(bytes)).toBe(true)
  })
  it('uses the same memory for every block', async () => {
    const path = join(folder, 'file')
    await writeFile(path, randomBytes(600_000))
    const memories = new Set<ArrayBufferLike>()
    for await (const block of readBlocks(path)) memories.add(block.buffer)
    expect(memories.size).toBe(1)
  })
  it('says what the system says of a file that is not there', async () => {
    await expect(readBlocks(join(folder, 'absent')).next()).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
