import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { asGatewayError } from '../../base/index.ts'
import type { Io } from '../io.ts'

/** Where a report goes. */
export interface ReportSink {
  /** Takes whole lines. */
  write(text: string): void
  /** Passes on what was written, where enough of it waits. */
  drain(): Promise<void>
  close(): Promise<void>
  /** Ends without a report: readers of a file keep the older one. */
  abandon(): Promise<void>
}

/** House: a call for each line would cost more than the line. */
const BLOCK_CHARACTERS = 64 * 1024

/** A sink to standard output. */
export function createOutputSink(io: Pick<Io, 'out'>): ReportSink {
  let waiting = ''
  function pass(): void {
    // The line end that `out` adds is the one that is there.
    if (waiting !== '') io.out(waiting.replace(/\n$/, ''))
    waiting = ''
  }
  return {
    write(text) {
      waiting += text
      if (waiting.length >= BLOCK_CHARACTERS) pass()
    },
    drain: async () => undefined,
    close: async () => pass(),
    abandon: async () => pass(),
  }
}

/** A sink to a file, which is seen when it is whole. @throws {GatewayError} `FILE_UNREADABLE`, `DISK_FULL` */
export async function createFileSink(path: string): Promise<ReportSink> {
  const draft = `${path}.draft`
  let file: FileHandle
  try {
    await mkdir(dirname(path), { recursive: true })
    file = await open(draft, 'w')
  } catch (cause) {
    throw asGatewayError(cause, path)
  }
  let waiting = ''
  async function pass(): Promise<void> {
    const text = waiting
    waiting = ''
    try {
      await file.writeFile(text)
    } catch (cause) {
      throw asGatewayError(cause, path)
    }
  }
  return {
    write: (text) => void (waiting += text),
    async drain() {
      if (waiting.length >= BLOCK_CHARACTERS) await pass()
    },
    async close() {
      await pass()
      await file.close()
      await rename(draft, path)
    },
    async abandon() {
      await file.close()
      await rm(draft, { force: true })
    },
  }
}
