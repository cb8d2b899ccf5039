import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { useTempFolder } from '../../test/support/temp-folder.ts'
import { createScratchFile } from './scratch-file.ts'

const temp = useTempFolder()

function readBack(scratch: ReturnType<typeof createScratchFile>, position: number, size: number): string | undefined {
  const bytes = Buffer.alloc(size)
  return scratch.read(bytes, position) ? bytes.toString() : undefined
}

describe('a scratch file', () => {
  it('gives back what it was given, from any place', () => {
    const scratch = createScratchFile(temp.path)
    expect([scratch.append(Buffer.from('abc')), scratch.append(Buffer.from('defg'))]).toEqual([0, 3])
    expect([readBack(scratch, 3, 4), readBack(scratch, 1, 4), scratch.sizeBytes]).toEqual(['defg', 'bcde', 7])
    scratch.close()
  })
  it('has no name in the folder while it is used', () => {
    const scratch = createScratchFile(temp.path)
    scratch.append(Buffer.from('abc'))
    expect(readdirSync(temp.path)).toEqual([])
    scratch.close()
  })
  it('is not made before it is needed', () => {
    const scratch = createScratchFile(temp.at('missing'))
    scratch.close()
    expect(scratch.failure).toBeUndefined()
  })
  it('refuses with a reason where there is no folder, and does not ask the system again', () => {
    const scratch = createScratchFile(temp.at('missing'))
    expect(scratch.append(Buffer.from('abc'))).toBeUndefined()
    expect(scratch.failure).toMatchObject({ code: 'ENOENT' })
    expect([scratch.append(Buffer.from('abc')), readBack(scratch, 0, 3)]).toEqual([undefined, undefined])
  })
  it('does not read beyond its end', () => {
    const scratch = createScratchFile(temp.path)
    scratch.append(Buffer.from('abc'))
    expect(readBack(scratch, 1, 3)).toBeUndefined()
    scratch.close()
  })
  it('refuses what the disk does not hold, and still gives back what was there before', () => {
    // A process that may write 64 KiB to a file stands for a disk with so much room.
    const program = `
      process.on('SIGXFSZ', () => undefined)
      const { createScratchFile } = await import(${JSON.stringify(join(import.meta.dirname, 'scratch-file.ts'))})
      const scratch = createScratchFile(${JSON.stringify(temp.path)})
      const first = scratch.append(Buffer.alloc(60_000, 7))
      const second = scratch.append(Buffer.alloc(60_000, 8))
      const back = Buffer.alloc(60_000)
      console.log(JSON.stringify([first, second ?? null, scratch.failure.code, scratch.read(back, 0), back[59_999]]))`
    const words = ['-c', 'ulimit -f 64; exec "$0" --input-type=module -e "$1"', process.execPath, program]
    const { stdout, stderr } = spawnSync('bash', words, { encoding: 'utf8' })
    expect({ stdout, stderr }).toEqual({ stdout: '[0,null,"EFBIG",true,7]\n', stderr: '' })
    expect(readdirSync(temp.path)).toEqual([])
  })
})
