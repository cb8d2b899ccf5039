import { createCsvEncoder, readForeign } from '../../csv/index.ts'
import { mendText } from './mend-text.ts'
import type { Repairs } from './repairs.ts'
import type { Survey } from './survey.ts'

/** Reads a whole file otherwise than it seems to be written. */
export interface Conversion {
  /** Rule that asks for it. */
  readonly code: string
  /** For people: `read as UTF-16LE`. */
  readonly title: string
  convert(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

/** The conversion that a file needs and that may be made, if there is one. */
export function conversionFor(
  { foreign, hasBadBytes }: Pick<Survey, 'foreign' | 'hasBadBytes'>,
  repairs: Repairs,
): Conversion | undefined {
  // Only text can be taken apart at another separator. Elsewhere bytes are mended cell by cell.
  if (foreign?.kind === 'separator' && hasBadBytes && repairs.does('F101', 'unsafe')) return asUtf8()
  switch (foreign?.kind) {
    case 'utf-16':
      return allowed('F103', repairs) && utf16(foreign.name)
    case 'separator':
      return allowed('F201', repairs) && separated(foreign.name)
    case 'carriage-return':
      return allowed('F207', repairs) && loneReturns()
    default:
      return undefined
  }
}

function allowed(code: string, repairs: Repairs): true | undefined {
  return repairs.does(code, 'unsafe') || undefined
}

/** What is not UTF-8 is read as Windows-1252, which is what a spreadsheet saves with semicolons. */
function asUtf8(): Conversion {
  return {
    code: 'F101',
    title: 'read as Windows-1252 where it is not UTF-8',
    async *convert(source) {
      let rest: Buffer = Buffer.alloc(0)
      for await (const chunk of source) {
        const bytes = Buffer.concat([rest, chunk])
        // A character that the chunk cuts in two ends in the next one.
        const end = bytes.findLastIndex((byte) => byte < 0x80) + 1
        if (end > 0) yield Buffer.from(mendText(bytes.subarray(0, end)))
        rest = bytes.subarray(end)
      }
      if (rest.length > 0) yield Buffer.from(mendText(rest))
    },
  }
}

function utf16(name: string): Conversion {
  return {
    code: 'F103',
    title: `read as ${name}`,
    async *convert(source) {
      const decoder = new TextDecoder(name.toLowerCase())
      for await (const chunk of source) {
        const text = decoder.decode(chunk, { stream: true })
        if (text !== '') yield Buffer.from(text)
      }
      const rest = decoder.decode()
      if (rest !== '') yield Buffer.from(rest)
    },
  }
}

function separated(delimiter: string): Conversion {
  return {
    code: 'F201',
    title: `read as separated by ${delimiter === '\t' ? 'tabs' : delimiter}`,
    async *convert(source) {
      const encoder = createCsvEncoder('\r\n')
      for await (const { fields } of readForeign(source, { delimiter, quote: '"', encoding: 'utf-8' })) {
        const block = encoder.add(encoder.encode(fields))
        if (block) yield block
      }
      const rest = encoder.flush()
      if (rest) yield rest
    },
  }
}

/** Every CR outside quotes that has no LF behind it becomes CR LF. */
function loneReturns(): Conversion {
  return {
    code: 'F207',
    title: 'every carriage return read as the end of a row',
    async *convert(source) {
      let isQuoted = false
      let endsInReturn = false
      for await (const chunk of source) {
        const text: string = (endsInReturn ? '\r' : '') + Buffer.from(chunk).toString('latin1')
        endsInReturn = text.endsWith('\r')
        // Bytes of characters beyond ASCII are never those of a quote or a return.
        const ended = (endsInReturn ? text.slice(0, -1) : text).replaceAll(/"|\r(?!\n)/g, (mark: string) => {
          if (mark === '"') isQuoted = !isQuoted
          return mark === '\r' && !isQuoted ? '\r\n' : mark
        })
        yield Buffer.from(ended, 'latin1')
      }
      if (endsInReturn) yield Buffer.from(isQuoted ? '\r' : '\r\n')
    },
  }
}
