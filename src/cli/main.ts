import { createStopSignal } from './stop-signal.ts'
import { runProgram, tellFault } from './program.ts'
import { Exit, type Io } from './io.ts'

/** Runs the process: the one place that reads its environment, listens to signals and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  ignoreClosedPipe(process.stdout)
  ignoreClosedPipe(process.stderr)
  const io: Io = {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    // Opened when it is read: a command that reads none leaves the terminal alone.
    get input() {
      return process.stdin
    },
    get isInputTerminal() {
      return process.stdin.isTTY
    },
    isErrTerminal: process.stderr.isTTY,
    isColoured: process.stdout.isTTY && !process.env['NO_COLOR'],
    env: process.env,
    folder: process.cwd(),
    errStream: process.stderr,
    untilStopped: createStopSignal(
      (text) => void process.stderr.write(text),
      (code) => process.exit(code),
    ),
  }
  const endWithFault = (error: unknown): void => {
    tellFault(error, io)
    process.exit(Exit.fault)
  }
  // Without these, Node would end with 1, which says that a file has findings.
  process.on('uncaughtException', endWithFault)
  process.on('unhandledRejection', endWithFault)
  stopWithLauncher()
  process.exitCode = await runProgram(argv, io)
}

/** Where a launcher found this Node, the gateway ends with it: nobody else would know the process. */
function stopWithLauncher(): void {
  if (process.env['FLATGATE_REEXEC'] === undefined || process.channel === undefined) return
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}

/** A reader such as `head` that goes away is no fault, and the work goes on without it. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}
