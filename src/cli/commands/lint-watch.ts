import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { GatewayError, systemClock } from '../../base/index.ts'
import { Exit, type ExitCode } from '../io.ts'
import type { LintCall } from './lint-call.ts'
import { lintInputs } from './lint-run.ts'

/** Lints files of a folder each time they change, until Ctrl-C. */
export async function watchAndLint(call: LintCall, paths: readonly string[]): Promise<ExitCode> {
  const { io, desk } = call
  const [shownFolder = '.'] = paths
  const folder = resolve(io.folder, shownFolder)
  if (paths.length !== 1 || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new GatewayError('USAGE', { reason: '--watch takes one folder' })
  const signal = io.untilStopped()
  const request = { shownFolder, folder, clock: systemClock, signal }
  const onReady = (): void => io.err(`watching ${shownFolder}; Ctrl-C ends`)
  for await (const changed of desk.watchFolder(request, onReady)) {
    const there = changed.filter((path) => statSync(resolve(io.folder, path), { throwIfNoEntry: false })?.isFile())
    for (const path of there) await lintChanged(call, path)
  }
  return Exit.done
}

/** What is wrong with one file, or that it is none of ours, does not end the watch. */
async function lintChanged(call: LintCall, path: string): Promise<void> {
  const { io, desk } = call
  try {
    await lintInputs(call, await desk.findInputs([path], { folder: io.folder, standardInput: io.input }))
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    io.err(`flatgate: ${error.message}`)
  }
}
