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
interface Pending extends Pick<FixedRecord, 'before' | 'kind'> {
  readonly body: Buffer | undefined
  readonly lineEnd: string
}

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
  let keptMark = Buffer.alloc(0)

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
    const { before, body, kind, lineEnd: oldLineEnd } = pending
    const lineEnd = body ? lineEndOf(pending, isTerminated) : ''
    if (lineEnd !== '') lastLineEnd = lineEnd
    const after = body && Buffer.concat([keptMark, body, Buffer.from(lineEnd)])
    if (body) keptMark = Buffer.alloc(0)
    take({ before: Buffer.concat([before, Buffer.from(isTerminated ? oldLineEnd : '')]), after, kind })
    pending = undefined
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
      const end = view.contentEnd(view.fieldCount)
      const bytes = Buffer.from(bytesOf(view, end))
      const { kind, body } = recordFixer.fix(view, bytes, faults)
      faults = new Set()
      const lineEnd = view.bytes[end] === RETURN ? '\r\n' : '\n'
      pending = { before: hasMark ? Buffer.concat([MARK, bytes]) : bytes, body, lineEnd, kind }
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

function bytesOf(view: RecordView, end: number): Uint8Array {
  return view.bytes.subarray(view.contentStart(0) - (view.isQuoted(0) ? 1 : 0), end)
}
