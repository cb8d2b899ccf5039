import { fileURLToPath } from 'node:url'
import type { Direction } from './definition.ts'

/** The folder of the definitions; it lies beside `src/` and beside `dist/`, and travels with the package. */
export const SCHEMAS_FOLDER: string = fileURLToPath(new URL('../../schemas/', import.meta.url))

/** The file that defines an object in one direction. */
export function definitionFile(object: string, direction: Direction): string {
  return `${SCHEMAS_FOLDER}${direction}/${object}.json`
}
