import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How a process ended. */
export interface Ended {
  readonly exit: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A real flatgate that runs. */
export interface RealProcess {
  readonly child: ChildProcess
  /** Resolves when stdout or stderr has said something; with the match. @throws {Error} It ended or stayed silent. */
  said(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<Ended>
  /** Ends it for good, if it still runs. */
  kill(): Promise<void>
}

/** House: far longer than anything takes on a busy machine, so that only what never comes ends it. */
const DEADLINE_MS = 90_000
const BIN = fileURLToPath(new URL('../../bin/flatgate.cjs', import.meta.url))

/** Starts `node bin/flatgate.cjs` in a folder, with an environment that holds nothing of ours. */
export function startFlatgate(
  words: readonly string[],
  options: {
    readonly folder: string
    readonly env?: Readonly<Record<string, string>>
    readonly input?: string
    /** Another user of this machine than ours; only root may. */
    readonly user?: number
  },
): RealProcess {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [BIN, ...words], {
    cwd: options.folder,
    env: { PATH, HOME, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  })
  let out = ''
  let err = ''
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    tell()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    tell()
  })
  // A process that reads no input closes the pipe.
  child.stdin.on('error', tell)
  child.stdin.end(options.input ?? '')
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (exit, signal) => {
      resolve({ exit, signal, out, err })
      tell()
    })
  })

  function said(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const settle = (work: () => void): void => {
        clearTimeout(deadline)
        listeners.delete(look)
        work()
      }
      const fail = (why: string): void => settle(() => reject(new Error(`${why} ${String(pattern)}:\n${out}\n${err}`)))
      const deadline = setTimeout(() => fail('it never said'), DEADLINE_MS)
      const look = (): void => {
        const found = pattern.exec(out) ?? pattern.exec(err)
        if (found !== null) settle(() => resolve(found))
        else if (child.exitCode !== null || child.signalCode !== null) fail('it ended without saying')
      }
      listeners.add(look)
      look()
    })
  }

  return {
    child,
    said,
    ended,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Runs flatgate to its end. */
export function runFlatgate(...args: Parameters<typeof startFlatgate>): Promise<Ended> {
  return startFlatgate(...args).ended
}
