import { createScanner, type RecordView } from '../../csv/index.ts'
import { createRecordFixer, type RecordFixerOptions, type RecordKind } from './record-fixer.ts'

/** One record of the file and what becomes of it. */
export interface FixedRecord {
  /** As it was, line end and byte order mark included. */
  readonly before: Buffer
  /** As it will be; `undefined`: it is left out. */
  readonly after: Buffer | undefined
  readonly kind: RecordKind
}

/** What a fixer works with. */
export interface FixerOptions extends RecordFixerOptions {
  /** Gets every record in file order. */
  readonly take: (record: FixedRecord) => void
}

/** Mends one file, fed piece by piece. */
export interface Fixer {
  write(chunk: Uint8Array): void
  end(): void
}

/** A record of which only the next one tells whether it has a line end. */
interface Pending {
  readonly kind: RecordKind
  /** As it was, with the line end that it has if the file goes on. */
  readonly whole: Buffer
  /** `whole` without its line end. */
  readonly bytes: Buffer
  readonly mark: Buffer
  /** As it will be, without its line end; the very `bytes` where nothing changes. */
  readonly body: Buffer | undefined
  readonly lineEnd: string
}

const NO_BYTES = Buffer.alloc(0)

const MARK = Buffer.from([0xef, 0xbb, 0xbf])

const RETURN = 13

/**
 * Makes a fixer for one file in Coupa's dialect. What no repair touches stays byte for byte as it was; records that are
 * malformed are not touched at all. Memory stays the same however long the file is.
 */
export function createFixer({ take, ...options }: FixerOptions): Fixer {
  const { repairs, survey } = options
  const recordFixer = createRecordFixer(options)
  const unifiesLineEnds = survey.hasMixedLineEnds && repairs.does('F206', 'safe')
  let faults = new Set<string>()
  let pending: Pending | undefined
  let lastLineEnd = '\r\n'
  /** A byte order mark that stays, until a record comes that does. */
  let keptMark = NO_BYTES

  function lineEndOf({ lineEnd }: Pending, isTerminated: boolean): string {
    if (!isTerminated) {
      if (!repairs.does('F304', 'safe')) return ''
      repairs.note('F304')
      return lastLineEnd
    }
    if (!unifiesLineEnds || lineEnd === '\r\n') return lineEnd
    repairs.note('F206')
    return '\r\n'
  }

  function flush(isTerminated: boolean): void {
    if (!pending) return
    const { whole, bytes, mark, body, kind } = pending
    const oldLineEnd = isTerminated ? pending.lineEnd : ''
    const lineEnd = body ? lineEndOf(pending, isTerminated) : ''
    if (lineEnd !== '') lastLineEnd = lineEnd
    const unmarked = isTerminated ? whole : bytes
    const before = mark.length === 0 ? unmarked : Buffer.concat([mark, unmarked])
    pending = undefined
    if (body === bytes && lineEnd === oldLineEnd && mark.length === 0 && keptMark.length === 0) {
      take({ before, after: before, kind })
      return
    }
    take({ before, after: body && Buffer.concat([keptMark, body, Buffer.from(lineEnd)]), kind })
    if (body) keptMark = NO_BYTES
  }

  function takeMark(): void {
    if (repairs.does('F102', 'safe')) repairs.note('F102')
    else keptMark = MARK
  }

  const scanner = createScanner({
    fault: ({ kind }) => void faults.add(kind),
    record(view) {
      flush(true)
      // Only a byte order mark stands before the first record.
      const hasMark = view.number === 1 && view.offset > 0
      if (hasMark) takeMark()
      const { whole, lineEnd } = copyOf(view)
      const bytes = whole.subarray(0, -lineEnd.length)
      const { kind, body } = recordFixer.fix(view, bytes, faults)
      if (faults.size > 0) faults = new Set()
      pending = { kind, whole, bytes, mark: hasMark ? MARK : NO_BYTES, body, lineEnd }
    },
  })
  return {
    write: (chunk) => scanner.write(chunk),
    end() {
      const { endsWithLineEnd } = scanner.end()
      flush(endsWithLineEnd)
    },
  }
}

/** A record with the line end that stands behind it, or would if the file went on. */
function copyOf(view: RecordView): { readonly whole: Buffer; readonly lineEnd: string } {
  const start = view.contentStart(0) - (view.isQuoted(0) ? 1 : 0)
  const end = view.contentEnd(view.fieldCount)
  const lineEnd = view.bytes[end] === RETURN ? '\r\n' : '\n'
  const whole = Buffer.allocUnsafe(end - start + lineEnd.length)
  whole.set(view.bytes.subarray(start, end))
  whole.write(lineEnd, end - start)
  return { whole, lineEnd }
}
