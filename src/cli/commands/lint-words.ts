import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GatewayError } from '../../base/index.ts'
import type { LintFormat } from './lint-format.ts'

/** Options of `flatgate lint` as they were typed. */
export interface LintWords {
  readonly object?: string
  readonly direction?: 'import' | 'export'
  readonly release?: string
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
  readonly format: LintFormat
  readonly json?: true
  readonly maxFindings: number
  readonly statistics?: true
  readonly output?: string
  readonly exitZero?: true
  readonly fix?: true
  readonly unsafeFixes?: true
  readonly inPlace?: true
  readonly diff?: true
  readonly baseline?: string
  readonly writeBaseline?: true
  readonly watch?: true
  readonly stdinFilename?: string
  readonly config?: string
  /** False where it is to be left out. */
  readonly memory: boolean
}

/** Whether files are mended, or shown as they would be. */
export function isFixing({ fix, unsafeFixes, diff, inPlace }: LintWords): boolean {
  return [fix, unsafeFixes, diff, inPlace].includes(true)
}

/**
 * Refuses options that do not go together, or mean nothing.
 *
 * @param folder Where paths start.
 * @throws {GatewayError} `USAGE`
 */
export function checkWords(words: LintWords, folder: string): void {
  const { inPlace, output, diff, watch, writeBaseline, baseline, select } = words
  const reasons = [
    inPlace && output !== undefined && '--in-place and --output name two places for one file',
    inPlace && diff && '--diff writes nothing, so it cannot go with --in-place',
    watch && isFixing(words) && '--watch does not mend files',
    watch && writeBaseline && '--watch cannot go with --write-baseline',
    writeBaseline && isFixing(words) && '--write-baseline and --fix are two runs',
    watch && output !== undefined && '--watch tells as it goes; it cannot go with --output',
    output !== undefined && isFolder(resolve(folder, output)) && '--output names a folder; name a file in it',
    // Nothing would be checked then, and everything be found in order.
    select?.length === 0 && '--select names no rule',
    baseline === '' && '--baseline needs the name of a file',
  ]
  const reason = reasons.find((each) => typeof each === 'string')
  if (typeof reason === 'string') throw new GatewayError('USAGE', { reason })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
