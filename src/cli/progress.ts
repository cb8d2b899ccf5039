import type { SingleBar } from 'cli-progress'
import type { Io } from './io.ts'

/** A progress bar on stderr; nothing where stderr is no terminal. */
export interface Progress {
  /** Bytes done so far, and in all where known. */
  update(bytes: number, totalBytes: number | undefined): Promise<void>
  stop(): void
}

/** House: shorter files are done before a bar could be read. */
const WORTH_A_BAR_BYTES = 4 * 1024 * 1024

/** Makes the bar for one file. It appears with the first update of a file that is long enough. */
export function createProgress(io: Io, label: string): Progress {
  let bar: SingleBar | undefined
  return {
    async update(bytes, totalBytes) {
      if (!io.isErrTerminal || totalBytes === undefined || totalBytes < WORTH_A_BAR_BYTES) return
      if (bar === undefined) {
        bar = await openBar(io, label)
        bar.start(totalBytes, bytes)
      }
      bar.update(bytes)
    },
    stop: () => bar?.stop(),
  }
}

/** Few files are worth a bar, and the others do not wait for what draws it. */
async function openBar({ errStream }: Io, label: string): Promise<SingleBar> {
  const { Presets, SingleBar } = await import('cli-progress')
  const format = `${label} {bar} {percentage}% | {eta_formatted}`
  const options = { format, stream: errStream, clearOnComplete: true, hideCursor: true, etaBuffer: 50 }
  return new SingleBar(options, Presets.shades_classic)
}
