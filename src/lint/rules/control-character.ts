import type { RecordView } from '../../csv/index.ts'
import { countText } from '../count-text.ts'
import { isEndMark } from '../foreign.ts'
import { capReport } from '../report-cap.ts'
import { defineFileRule } from '../rule.ts'

/** Control characters but tab, line feed and carriage return: matches U+0000 and U+001A, lets a tab pass. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

export const controlCharacter = defineFileRule({
  code: 'F104',
  name: 'control-character',
  summary: 'The text holds a NUL or another control character.',
  severity: 'error',
  since: '0.1.0',
  sources: [
    'RFC 4180 section 2: TEXTDATA holds no control character',
    'House: only a NUL is an error, because many readers end the text at it; the others are a warning',
  ],

  start(_context, report) {
    const places = capReport(report)
    let bytesSeen = 0
    /** Offset of the last control character that has come in. Its record is told later, or within the same chunk. */
    let lastAt = -1

    function look(view: RecordView): void {
      for (let index = 0; index < view.fieldCount; index += 1) {
        const found = CONTROL.exec(view.text(index))?.[0]
        if (found === undefined) continue
        const at = { line: view.lineOf(index), field: index + 1, record: view.number }
        places.add(() => remarkOn(found), at)
      }
    }

    return {
      bytes(chunk) {
        const index = lastControlIn(chunk)
        if (index !== -1) lastAt = bytesSeen + index
        bytesSeen += chunk.length
      },
      record(view) {
        // A line of Ctrl-Z alone is F211.
        if (view.offset <= lastAt && !isEndMark(view)) look(view)
      },
      end() {
        places.end((more) => ({
          message: `${countText(more, 'more field')} ${more === 1 ? 'holds' : 'hold'} control characters`,
          hint: 'Remove them in the source system.',
        }))
      },
    }
  },
})

function remarkOn(character: string): { message: string; hint: string; severity: 'error' | 'warning' } {
  const code = character.charCodeAt(0)
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return {
    message: code === 0 ? 'the field holds a NUL (U+0000)' : `the field holds the control character ${name}`,
    hint: code === 26 ? 'Remove the end-of-file mark that the source writes.' : 'Remove it in the source system.',
    severity: code === 0 ? 'error' : 'warning',
  }
}

/** Index of the last control character of a chunk, or -1. It sees every byte of every file, hence four at a time. */
function lastControlIn(chunk: Uint8Array): number {
  const start = chunk.byteOffset & 3 ? 4 - (chunk.byteOffset & 3) : 0
  if (chunk.length < start + 4) return lastControlAmong(chunk, 0, chunk.length)
  const words = new Uint32Array(chunk.buffer, chunk.byteOffset + start, (chunk.length - start) >> 2)
  const behind = lastControlAmong(chunk, start + words.length * 4, chunk.length)
  if (behind !== -1) return behind
  for (let word = words.length - 1; word >= 0; word -= 1) {
    if (!mayHoldControl(words[word] as number)) continue
    const at = lastControlAmong(chunk, start + word * 4, start + word * 4 + 4)
    if (at !== -1) return at
  }
  return lastControlAmong(chunk, 0, start)
}

function lastControlAmong(chunk: Uint8Array, from: number, to: number): number {
  for (let index = to - 1; index >= from; index -= 1) {
    const byte = chunk[index] as number
    if (byte < 32 ? byte !== 10 && byte !== 13 && byte !== 9 : byte === 127) return index
  }
  return -1
}

/** Whether one of four bytes is below 32 or is 127; true for line ends too, never false for a control character. */
function mayHoldControl(word: number): boolean {
  const deletes = word ^ 0x7f7f7f7f
  return ((((word - 0x20202020) & ~word) | ((deletes - 0x01010101) & ~deletes)) & 0x80808080) !== 0
}
