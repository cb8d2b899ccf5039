import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A disk whose power can be cut: an ext4 file system over an image file. What was written and not flushed is in the
 * memory of the kernel only, and not in the image; a copy of the image is the disk as it is found after the power
 * comes back.
 */
export interface ForgetfulDisk {
  readonly path: string
  /** Cuts the power and turns it on again: what was not flushed is gone, and the file system is mended from its journal. */
  losePower(): void
  remove(): void
}

/** House: holds a ledger and some hundred small files, and is copied in a moment. */
const SIZE_MIB = 32

/** Makes one. `undefined` where the machine does not let us mount an image. */
export function openForgetfulDisk(): ForgetfulDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'flatgate-power-'))
  const path = join(folder, 'disk')
  let image = join(folder, 'image-0')
  let losses = 0
  mkdirSync(path)
  // Nothing is written by the kernel of its own accord within the time of a test.
  const mount = (): number | null =>
    spawnSync('mount', ['-o', 'loop,commit=900', image, path], { stdio: 'ignore' }).status
  execFileSync('dd', ['if=/dev/zero', `of=${image}`, 'bs=1M', `count=${SIZE_MIB}`], { stdio: 'ignore' })
  spawnSync('mkfs.ext4', ['-q', '-F', image], { stdio: 'ignore' })
  if (mount() !== 0) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  return {
    path,
    losePower() {
      losses += 1
      const copy = join(folder, `image-${losses}`)
      execFileSync('cp', [image, copy])
      execFileSync('umount', [path])
      rmSync(image)
      image = copy
      if (mount() !== 0) throw new Error('the disk could not be mended after the loss of power')
    },
    remove() {
      execFileSync('umount', [path])
      rmSync(folder, { recursive: true })
    },
  }
}
