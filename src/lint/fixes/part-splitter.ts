import type { FixedRecord } from './fixer.ts'
import type { Repairs } from './repairs.ts'

/** How long one file may be. */
export interface SplitLimits {
  readonly rows: number
  readonly bytes: number
}

/** Parts a file where it is too long, never inside a record group. */
export interface PartSplitter {
  take(record: Pick<FixedRecord, 'after' | 'kind'>): void
  end(): void
}

/** Records that must stay together. */
interface Group {
  bytes: Buffer[]
  sizeBytes: number
  rows: number
}

/**
 * Makes a splitter. Every part begins with the header rows that came before it. A group that is too long by itself
 * becomes a part of its own: nothing can be done about it here.
 *
 * @param limits Only where the rule about them may be mended (F301 rows, F302 bytes).
 * @param write Gets the bytes of parts, numbered from 1, one part after the other.
 */
export function createPartSplitter(
  limits: SplitLimits,
  repairs: Repairs,
  write: (part: number, bytes: Buffer) => void,
): PartSplitter {
  const maxRows = repairs.does('F301', 'unsafe') ? limits.rows : Infinity
  const maxBytes = repairs.does('F302', 'unsafe') ? limits.bytes : Infinity
  const heads: Buffer[] = []
  /** Heads that the current group must find above it. */
  let headsBefore = 0
  let group: Group = emptyGroup()
  let part = 1
  let rows = 0
  let bytes = 0

  function put(piece: Buffer): void {
    write(part, piece)
    bytes += piece.length
  }

  function closeGroup(): void {
    const isTooMany = rows + group.rows > maxRows
    if (rows > 0 && group.rows > 0 && (isTooMany || bytes + group.sizeBytes > maxBytes)) {
      repairs.note(isTooMany ? 'F301' : 'F302')
      part += 1
      rows = 0
      bytes = 0
      heads.slice(0, headsBefore).forEach(put)
    }
    group.bytes.forEach(put)
    rows += group.rows
    group = emptyGroup()
    headsBefore = heads.length
  }

  function append(piece: Buffer, isRow: boolean): void {
    group.bytes.push(piece)
    group.sizeBytes += piece.length
    group.rows += isRow ? 1 : 0
  }

  return {
    take({ after, kind }) {
      if (!after) return
      if (kind === 'group') closeGroup()
      append(after, kind !== 'head')
      if (kind !== 'head') return
      heads.push(after)
      if (group.rows === 0) closeGroup()
    },
    end: closeGroup,
  }
}

function emptyGroup(): Group {
  return { bytes: [], sizeBytes: 0, rows: 0 }
}
