import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Name of the only configuration file. */
export const CONFIG_NAME = 'flatgate.yaml'

/** The configuration file of a folder or of the nearest one above it. */
export function findConfig(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, CONFIG_NAME)
    if (existsSync(path)) return path
    if (dirname(at) === at) return undefined
  }
}
