import { Readable } from 'node:stream'
import { GatewayError } from '../base/index.ts'
import { createScanner } from '../csv/index.ts'
import { type Direction, recognise } from '../schema/index.ts'
import type { LintInput } from './lint-input.ts'

/** What somebody says of all the files of a run; what is absent is found out for each. */
export interface ObjectWish {
  readonly object?: string
  readonly direction?: Direction
}

/** A file of which is known what it is. Its bytes are still whole. */
export interface IdentifiedInput {
  readonly input: LintInput
  readonly object: string
  readonly direction: Direction
  /** The bytes in order; may be called as often as `open` of the input. */
  open(): AsyncIterable<Uint8Array>
  /** The bytes from the start on, as far as the header goes at least; may be called before `open`. */
  head(): AsyncIterable<Uint8Array>
  /** Lets go of what was opened to look at it. Call it when the input is not read. */
  close(): Promise<void>
}

/** House: enough bytes for the widest header that Coupa has, some 300 columns. */
const HEADER_BYTES = 64 * 1024

/**
 * Finds out what a file is: the object it is said to be, else what folder, name or header show.
 *
 * @throws {GatewayError} `SCHEMA_AMBIGUOUS`, `SCHEMA_UNRECOGNISED`; whatever `open` of the input throws.
 */
export async function identifyInput(input: LintInput, wish: ObjectWish): Promise<IdentifiedInput> {
  const chunks = input.open()[Symbol.asyncIterator]()
  const close = async (): Promise<void> => void (await chunks.return?.(undefined))
  try {
    const head = await takeHead(chunks)
    const found = chooseObject(input, wish, head)
    if (input.isOnce)
      return { input, ...found, open: () => continued(head, chunks), head: () => Readable.from(head), close }
    await close()
    return { input, ...found, open: () => input.open(), head: () => input.open(), close: async () => undefined }
  } catch (error) {
    // An open pipe would keep the process waiting.
    await close()
    throw error
  }
}

function chooseObject(
  { path, shownPath }: LintInput,
  { object, direction }: ObjectWish,
  head: readonly Uint8Array[],
): { object: string; direction: Direction } {
  if (object !== undefined) return { object, direction: direction ?? directionOf(path, object) }
  const found = recognise({
    ...(path === undefined ? {} : { path }),
    header: readHeader(head),
    ...(direction === undefined ? {} : { direction }),
  })
  switch (found.kind) {
    case 'one':
      return { object: found.object, direction: found.direction }
    case 'several': {
      const candidates = candidateText(found.candidates.map((each) => `${each.object} (${each.direction})`))
      throw new GatewayError('SCHEMA_AMBIGUOUS', { path: shownPath, candidates })
    }
    default:
      throw new GatewayError('SCHEMA_UNRECOGNISED', { path: shownPath })
  }
}

/** House: the first few fit best; a header of two common names fits thirty objects. */
const SHOWN_CANDIDATES = 6

function candidateText(candidates: readonly string[]): string {
  const more = candidates.length - SHOWN_CANDIDATES
  return `${candidates.slice(0, SHOWN_CANDIDATES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A named object is taken for an import unless the path shows that the file comes out of Coupa. */
function directionOf(path: string | undefined, object: string): Direction {
  const found = path === undefined ? undefined : recognise({ path })
  return found?.kind === 'one' && found.object === object ? found.direction : 'import'
}

async function takeHead(chunks: AsyncIterator<Uint8Array>): Promise<readonly Uint8Array[]> {
  const head: Uint8Array[] = []
  for (let bytes = 0; bytes < HEADER_BYTES;) {
    const next = await chunks.next()
    if (next.done) break
    // A copy: the next chunk may stand in the same memory.
    head.push(Uint8Array.from(next.value))
    bytes += next.value.byteLength
  }
  return head
}

async function* continued(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield* head
  for (;;) {
    const next = await rest.next()
    if (next.done) return
    yield next.value
  }
}

/** Cells of the first record that is neither blank nor `sep=;`, also where another encoding or separator hides them. */
function readHeader(head: readonly Uint8Array[]): readonly string[] {
  let header: readonly string[] | undefined
  const scanner = createScanner({
    record(view) {
      if (header !== undefined || (view.fieldCount === 1 && view.isEmpty(0)) || /^"?sep=/i.test(view.text(0))) return
      header = Array.from({ length: view.fieldCount }, (_cell, index) => view.text(index))
    },
    fault: () => undefined,
  })
  const bytes = Buffer.concat(head)
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  scanner.write(utf16 === undefined ? bytes : Buffer.from(new TextDecoder(utf16).decode(bytes)))
  scanner.end()
  const [first = '', ...others] = header ?? []
  if (others.length > 0) return header ?? []
  const separator = [';', '\t', '|'].find((mark) => first.includes(mark))
  return separator === undefined ? (header ?? []) : first.split(separator).map((cell) => cell.replaceAll('"', ''))
}
