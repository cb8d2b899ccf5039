import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { hashOfFile, isNameTaken } from './file-facts.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flatgate-facts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('facts of a file', () => {
  it('are its hash, and none where there is no file', async () => {
    writeFileSync(join(folder, 'a'), 'abc')
    // Source: FIPS 180-2, appendix B.1.
    expect(await hashOfFile(join(folder, 'a'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await hashOfFile(join(folder, 'b'))).toBeUndefined()
    expect(await hashOfFile(folder)).toBeUndefined()
  })

  it('are whether its name is taken, by a dangling link too', async () => {
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'))
    expect(await isNameTaken(join(folder, 'link'))).toBe(true)
    expect(await isNameTaken(join(folder, 'b'))).toBe(false)
  })
})
