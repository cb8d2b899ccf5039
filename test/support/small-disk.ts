import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of a few megabytes that a test fills. */
export interface SmallDisk {
  readonly path: string
  /** Writes until only so many bytes are left. */
  fillUpTo(freeBytes: number): void
  /** Takes away what was written by {@link fillUpTo}. */
  free(): void
  unmount(): void
}

/** Whether this machine lets us make one: root, with the right to mount. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const place = `/tmp/flatgate-mount-${process.pid}`
  mkdirSync(place)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return true
  } catch (error) {
    // Containers without the right to mount end the program with a number.
    if (error instanceof Error && 'status' in error) return false
    throw error
  } finally {
    rmSync(place, { recursive: true })
  }
}

/** Mounts a file system in memory, in a folder of its own that goes with it. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'flatgate-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  const ballast = join(path, '.ballast')
  return {
    path,
    fillUpTo(freeBytes) {
      const file = openSync(ballast, 'a')
      const block = Buffer.alloc(4096)
      for (;;) {
        const { bavail, bsize } = statfsSync(path)
        if (bavail * bsize <= freeBytes) break
        writeSync(file, block)
      }
      closeSync(file)
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      execFileSync('umount', ['--lazy', path])
      rmSync(path, { recursive: true })
    },
  }
}
