import { runProgram } from './program.ts'

/**
 * Runs the process: the one place that reads the arguments, listens to signals and sets the exit code.
 * The first Ctrl-C finishes what is at hand; a second one ends at once, which the ledger survives as well.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const stopping = new AbortController()
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143)
    process.stderr.write('\nflatgate: finishing what is at hand; once more to end at once\n')
    stopping.abort(new Error(`stopped by ${signal}`))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // A reader such as `head` that goes away is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })

  process.exitCode = await runProgram(argv, {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    input: process.stdin,
    isInputTerminal: process.stdin.isTTY,
    isErrTerminal: process.stderr.isTTY,
    isColoured: process.stdout.isTTY && !process.env['NO_COLOR'],
    env: process.env,
    folder: process.cwd(),
    errStream: process.stderr,
    signal: stopping.signal,
  })
  process.off('SIGINT', stop)
  process.off('SIGTERM', stop)
}
