import type { PreparedPart, PartStep } from './part-cutter.ts'

/** Where the bytes of one part go. */
export interface PartSink {
  /** Resolves when more may be written. The chunk is not used again by the writer. */
  write(chunk: Uint8Array): Promise<void>
  /** Resolves when every byte is where it must be. Also called when the part could not be finished. */
  close(): Promise<void>
}

/** Opens the sink of a part; parts are opened one after the other, `number` from 1. */
export type OpenPart = (number: number) => Promise<PartSink>

/** Carries out the steps of a cutter, one at a time. */
export class PartWriter {
  readonly parts: PreparedPart[] = []
  readonly #openPart: OpenPart
  #sink: PartSink | undefined

  constructor(openPart: OpenPart) {
    this.#openPart = openPart
  }

  async run(steps: readonly PartStep[]): Promise<void> {
    for (const step of steps) {
      if (step.kind === 'bytes') {
        this.#sink ??= await this.#openPart(step.part)
        await this.#sink.write(step.bytes)
      } else {
        await this.release()
        this.parts.push(step.facts)
      }
    }
  }

  /** Closes the sink that is open, if any. */
  async release(): Promise<void> {
    const sink = this.#sink
    this.#sink = undefined
    await sink?.close()
  }
}
