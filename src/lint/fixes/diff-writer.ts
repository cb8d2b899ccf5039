import type { FixedRecord } from './fixer.ts'

/** Lines around a change that are shown with it, as `diff -u` has it. */
const CONTEXT = 3

/** A piece of a difference is written out when it is so long, so that memory stays the same. */
const MAX_HUNK_LINES = 500

/** Writes what changes between a file and its mended form. */
export interface DiffWriter {
  take(record: Pick<FixedRecord, 'before' | 'after'>): void
  end(): void
}

/** A piece of a difference that is being collected. */
interface Hunk {
  readonly oldStart: number
  readonly newStart: number
  readonly lines: string[]
  oldCount: number
  newCount: number
  /** Unchanged lines at its end. */
  quiet: number
}

/**
 * Makes a writer of a unified diff. Records are compared one by one: all lines of a changed record are shown as removed
 * and added.
 *
 * @param names Of the file before and after.
 * @param write Gets whole lines; nothing at all when nothing changes.
 */
export function createDiffWriter(
  names: { readonly before: string; readonly after: string },
  write: (text: string) => void,
): DiffWriter {
  let oldLine = 1
  let newLine = 1
  let hasTitle = false
  let hunk: Hunk | undefined
  /** The last unchanged lines before a change. */
  let recent: string[] = []

  function writeHunk(): void {
    if (!hunk) return
    if (!hasTitle) write(`--- ${names.before}\n+++ ${names.after}\n`)
    hasTitle = true
    const { oldStart, oldCount, newStart, newCount, lines } = hunk
    write(`@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@\n${lines.join('')}`)
    hunk = undefined
  }

  function openHunk(): Hunk {
    const lines = recent.map((line) => marked(' ', line))
    const count = recent.length
    recent = []
    return { oldStart: oldLine - count, newStart: newLine - count, lines, oldCount: count, newCount: count, quiet: 0 }
  }

  function takeSame(lines: readonly string[]): void {
    for (const line of lines) {
      if (hunk) {
        hunk.lines.push(marked(' ', line))
        hunk.oldCount += 1
        hunk.newCount += 1
        hunk.quiet += 1
        if (hunk.quiet >= CONTEXT) writeHunk()
      } else {
        recent.push(line)
        if (recent.length > CONTEXT) recent.shift()
      }
      oldLine += 1
      newLine += 1
    }
  }

  function takeChange(before: readonly string[], after: readonly string[]): void {
    hunk ??= openHunk()
    hunk.lines.push(...before.map((line) => marked('-', line)), ...after.map((line) => marked('+', line)))
    hunk.oldCount += before.length
    hunk.newCount += after.length
    hunk.quiet = 0
    oldLine += before.length
    newLine += after.length
    if (hunk.lines.length >= MAX_HUNK_LINES) writeHunk()
  }

  return {
    take({ before, after }) {
      const old = linesOf(before)
      if (after === before || after?.equals(before)) takeSame(old)
      else takeChange(old, after ? linesOf(after) : [])
    },
    end: writeHunk,
  }
}

/** Lines with their line ends. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('utf8').match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function marked(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`
}

/** A piece without lines stands behind the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`
}
