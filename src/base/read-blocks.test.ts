import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { readBlocks } from './read-blocks.ts'

type ReadInto = (
  this: FileHandle,
  block: Uint8Array,
  offset: number,
  length: number,
  position: number | null,
) => Promise<{ readonly bytesRead: number }>

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
  it('gives every byte where the disk gives fewer at once than it is asked for, as that of a network may', async () => {
    const bytes = randomBytes(300_000)
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const handle = await open(path)
    const handles = Object.getPrototypeOf(handle) as FileHandle
    await handle.close()
    const { read } = handles
    const short = jest.spyOn(handles, 'read') as unknown as jest.SpiedFunction<ReadInto>
    short.mockImplementation(function (this: FileHandle, block, offset, length, position) {
      return (read as ReadInto).call(this, block, offset, Math.min(length, 70_000), position)
    })
    const copies: Uint8Array[] = []
    try {
      for await (const block of readBlocks(path)) copies.push(Uint8Array.from(block))
    } finally {
      short.mockRestore()
    }
    expect(copies.length).toBeGreaterThan(4)
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
