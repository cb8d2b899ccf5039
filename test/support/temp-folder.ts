import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'

/** A folder that each test finds empty. */
export interface TempFolder {
  readonly path: string
  /** Path of something in it. */
  at(...names: readonly string[]): string
  /** Writes a file, with the folders above it. @returns Its path. */
  write(name: string, content: string | Uint8Array, mode?: number): string
}

/** Makes a new folder before each test of the file, and removes it afterwards. */
export function useTempFolder(): TempFolder {
  let path = ''
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'flatgate-test-'))
  })
  afterEach(() => {
    rmSync(path, { recursive: true, force: true })
  })
  return {
    get path() {
      return path
    },
    at: (...names) => join(path, ...names),
    write(name, content, mode = 0o644) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content, { mode })
      return file
    },
  }
}
